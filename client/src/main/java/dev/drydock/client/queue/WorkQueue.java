package dev.drydock.client.queue;

import java.time.Duration;

/// Keys that wait for work. Three promises: fair order; a key is never worked on twice at once, and
/// adds of a waiting key collapse; a key added while it is worked on comes again afterwards.
public interface WorkQueue<K> extends AutoCloseable {

  void add(K key);

  /// Adds the key when the time has passed; an earlier due time of the same key wins.
  void addAfter(K key, Duration delay);

  /// Waits for the next key.
  ///
  /// @throws InterruptedException also when the queue was closed
  Taken<K> take() throws InterruptedException;

  int size();

  @Override
  void close();

  /// A key in work. Closing it says that the work is done.
  interface Taken<K> extends AutoCloseable {
    K key();

    @Override
    void close();
  }
}
