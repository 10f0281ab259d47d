package dev.drydock.client.resource;

import dev.drydock.api.watch.WatchEvent;

/// A running watch, read by one thread.
public interface WatchStream<T> extends AutoCloseable {

  /// Waits for the next event. After a [WatchEvent.Failed] there is none: the stream has ended.
  WatchEvent<T> next() throws InterruptedException;

  /// Ends the watch; a waiting reader gets a [WatchEvent.Failed].
  @Override
  void close();
}
