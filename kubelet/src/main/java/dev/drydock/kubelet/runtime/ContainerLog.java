package dev.drydock.kubelet.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a container printed; bounded, the oldest lines go first. Can be read while it runs and
/// after it has ended.
public interface ContainerLog {

  /// Writes the wanted lines to the sink; returns at the end of the log, or with
  /// [Option#FOLLOW] when the container has ended.
  void read(Request request, OutputStream sink) throws IOException, InterruptedException;

  /// Which lines.
  ///
  /// @param tailLines null: all
  /// @param limitBytes null: no limit
  /// @param since null: from the beginning
  record Request(
      Set<Option> options,
      @Nullable Long tailLines,
      @Nullable Long limitBytes,
      @Nullable Instant since) {
    public static final Request ALL = new Request(Set.of(), null, null, null);

    public Request {
      options = Set.copyOf(options);
    }
  }

  /// How to read.
  enum Option {
    /// Wait for more until the container ends.
    FOLLOW,
    /// Each line begins with the time at which it was printed.
    TIMESTAMPS
  }
}
