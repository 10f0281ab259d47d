package dev.drydock.apiserver.nodeproxy;

import java.io.IOException;

/// Somebody at the streams of a process in a container. Blocking; one thread types, another
/// listens.
public interface PodSession extends AutoCloseable {

  /// Waits while the process does not read.
  ///
  /// @throws IOException when the session is over
  void type(byte[] bytes) throws IOException;

  /// Nothing more will be typed.
  void endInput() throws IOException;

  void resize(int columns, int rows) throws IOException;

  /// Waits for what the process does next.
  Event next() throws InterruptedException;

  /// Leaves: the process loses its streams.
  @Override
  void close();

  /// What a process does.
  sealed interface Event {

    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Printed(Voice voice, byte[] bytes) implements Event {}

    /// It has ended.
    record Exited(int code) implements Event {}

    /// There is no process.
    ///
    /// @param message as the kubelet says it
    record Failed(String message) implements Event {}
  }

  /// Which stream.
  enum Voice {
    OUT,
    ERR
  }
}
