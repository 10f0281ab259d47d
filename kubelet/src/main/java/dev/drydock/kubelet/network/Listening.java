package dev.drydock.kubelet.network;

import java.io.Closeable;

/// A port that is open. Closing it refuses new connections; the present ones go on.
public interface Listening extends Closeable {
  int port();

  @Override
  void close();
}
