package dev.drydock.apiserver.nodeproxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A connection to a program in a pod, or on a node. Blocking; one thread may read while another
/// writes.
public interface Tunnel extends AutoCloseable {

  /// Waits for the next bytes.
  ///
  /// @return null: the other side sends no more
  byte @Nullable [] read() throws IOException;

  /// Waits while the other side takes nothing.
  void write(byte[] bytes) throws IOException;

  /// We send no more; the way back stays open.
  void endOutput() throws IOException;

  /// Ends both ways.
  @Override
  void close();
}
