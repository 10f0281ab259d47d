package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.WatchObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/// Takes in a watch as one line per event or call: `ADDED a`, `BOOKMARK 7`, `ENDED`, `COMPLETED`.
record ToldLines(BlockingQueue<String> lines) implements WatchObserver {
  @Override
  public boolean events(List<WatchItem> events) {
    events.forEach(item -> lines.add(item.type() + " " + item.object().name()));
    return true;
  }

  @Override
  public void bookmark(Revision revision, boolean initialEventsEnd) {
    lines.add("BOOKMARK " + revision);
  }

  @Override
  public void ended(ApiException cause) {
    lines.add("ENDED");
  }

  @Override
  public void completed() {
    lines.add("COMPLETED");
  }
}
