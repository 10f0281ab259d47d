package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import java.util.List;
import java.util.Set;

/// Processes in containers that one can sit at, wherever they run.
public interface PodSessions {

  /// Finds out which container is meant, and on which node. Blocking.
  ///
  /// @throws ApiException when there is no such pod or container, or it runs nowhere yet
  Ready prepare(RequestContext context, Target pod, Wish wish);

  /// A session that can begin.
  interface Ready {
    PodSession open();
  }

  /// What is wanted.
  ///
  /// @param container empty: the pod's only one
  /// @param command empty when attaching
  record Wish(Kind kind, String container, List<String> command, Set<Stream> streams) {
    public Wish {
      command = List.copyOf(command);
      streams = Set.copyOf(streams);
    }

    public boolean has(Stream stream) {
      return streams.contains(stream);
    }
  }

  /// With which process.
  enum Kind {
    EXEC,
    ATTACH
  }

  /// What comes with it.
  enum Stream {
    STDIN,
    STDOUT,
    STDERR,
    TTY
  }
}
