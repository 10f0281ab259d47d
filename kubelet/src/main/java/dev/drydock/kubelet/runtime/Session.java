package dev.drydock.kubelet.runtime;

import dev.drydock.kubelet.program.terminal.Terminal;
import java.io.IOException;

/// Somebody sits at the streams of a process. Safe for many threads.
public interface Session extends AutoCloseable {

  /// Runs, or accompanies, the process until it ends.
  ///
  /// @return its exit code
  int run() throws StartFailure, InterruptedException;

  /// Something was typed. Waits while the process does not read.
  void input(byte[] bytes) throws IOException;

  /// Nothing more will be typed.
  void endInput() throws IOException;

  /// Means nothing where there is no terminal.
  void resize(Terminal.Size size);

  /// Whoever sat here has gone. The process loses its streams, and a terminal is hung up.
  @Override
  void close();
}
