package dev.drydock.kubelet.network;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/// A connection between two programs: a stream of bytes each way. Reads and writes block; a thread
/// that is interrupted meanwhile gets an [java.io.InterruptedIOException].
public interface Connection extends Closeable {

  Endpoint local();

  /// The other end as this one sees it.
  Endpoint remote();

  /// Ends (-1) when the other side has closed its output.
  InputStream input();

  /// Closing it tells the other side that no more comes; the way back stays open.
  OutputStream output();

  /// Ends both ways at once. Readers and writers of both sides are woken.
  @Override
  void close();
}
