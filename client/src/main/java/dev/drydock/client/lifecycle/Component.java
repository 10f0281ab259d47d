package dev.drydock.client.lifecycle;

/// A running part. Started once, closed once; closing before start is allowed and does nothing.
public interface Component extends AutoCloseable {

  /// Returns when the part runs (not necessarily when it is ready).
  void start();

  /// Stops the part and waits for its threads to end.
  @Override
  void close();
}
