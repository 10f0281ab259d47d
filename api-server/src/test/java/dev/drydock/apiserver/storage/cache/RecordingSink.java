package dev.drydock.apiserver.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.ObjectReader.CacheEvent;
import dev.drydock.apiserver.storage.ObjectReader.WatchSink;
import dev.drydock.apiserver.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Takes in a watch as one line per call or event: `+a@3` (put), `-a@4` (deleted), `complete@3`,
/// `progress@5`, `ended Compacted`, `completed`.
final class RecordingSink implements WatchSink<String> {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private volatile boolean full;

  @Override
  public boolean events(List<CacheEvent<String>> events) {
    if (full) {
      return false;
    }
    for (CacheEvent<String> event : events) {
      lines.add(
          event.now().map(now -> "+" + now).orElseGet(() -> "-" + event.before().orElseThrow()));
    }
    return true;
  }

  /// From now on it can't take more.
  void fillUp() {
    full = true;
  }

  @Override
  public void initialStateComplete(Revision revision) {
    lines.add("complete@" + revision);
  }

  @Override
  public void progress(Revision revision) {
    lines.add("progress@" + revision);
  }

  @Override
  public void ended(StorageException cause) {
    lines.add("ended " + cause.getClass().getSimpleName());
  }

  @Override
  public void completed() {
    lines.add("completed");
  }

  List<String> next(int count) throws InterruptedException {
    List<String> taken = new ArrayList<>();
    while (taken.size() < count) {
      String line = lines.poll(30, TimeUnit.SECONDS);
      assertThat(line).as("line %d after %s", taken.size() + 1, taken).isNotNull();
      taken.add(line);
    }
    return taken;
  }
}
