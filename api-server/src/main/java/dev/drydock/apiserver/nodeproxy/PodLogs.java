package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import org.jspecify.annotations.Nullable;

/// Logs of containers, wherever they run.
public interface PodLogs {

  /// Opens the log of a container of the target pod. Blocking.
  ///
  /// @throws ApiException when there is no such pod or container, or it runs nowhere yet
  Stream open(RequestContext context, Target pod, LogOptions options, Sink sink);

  /// An open log. Nothing comes before it is requested.
  interface Stream extends AutoCloseable {

    /// One more chunk, please.
    void request();

    @Override
    void close();
  }

  /// Takes what comes; must not block.
  interface Sink {

    void data(byte[] bytes);

    /// @param problem null: the log is complete
    void ended(@Nullable ApiException problem);
  }
}
