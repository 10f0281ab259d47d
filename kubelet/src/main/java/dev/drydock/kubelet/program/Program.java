package dev.drydock.kubelet.program;

import java.io.IOException;

/// Something that runs in a container. Written as blocking code; one instance may run in many
/// containers at once, so it keeps no state of its own.
@FunctionalInterface
public interface Program {

  /// Runs to its end. Must let [InterruptedException] and [java.io.InterruptedIOException] pass:
  /// they mean that the process was killed.
  ///
  /// @return the exit code
  int run(World world) throws IOException, InterruptedException;
}
