package dev.drydock.kubelet.program.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/// What is to be seen on a terminal, in the order in which it comes.
final class Screen {
  private final OutputStream sink;
  private final ReentrantLock lock = new ReentrantLock();

  Screen(OutputStream sink) {
    this.sink = sink;
  }

  /// Shows what a program prints: the next line begins at the left.
  void show(byte[] bytes, int from, int length) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream(length + 16);
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == '\n') {
        shown.write('\r');
      }
      shown.write(bytes[i]);
    }
    raw(shown.toByteArray());
  }

  /// Shows bytes as they are.
  void raw(byte[] bytes) throws IOException {
    lock.lock();
    try {
      sink.write(bytes, 0, bytes.length);
      sink.flush();
    } finally {
      lock.unlock();
    }
  }
}
