package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.WatchObserver;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Between a watch that must not wait and an observer of objects that are converted somewhere
/// else: converts them on a thread of its own, in order. When that fails, the watch ends.
final class PatientObserver implements WatchObserver, AutoCloseable {
  private final WatchObserver observer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("watch-conversion").factory());
  private volatile boolean open = true;

  PatientObserver(WatchObserver observer) {
    this.observer = observer;
  }

  @Override
  public boolean events(List<WatchItem> events) {
    next(
        () -> {
          // The observer's thread must find everything ready.
          events.forEach(item -> item.object().json());
          if (!observer.events(events)) {
            open = false;
          }
        });
    return open;
  }

  @Override
  public void bookmark(Revision revision, boolean initialEventsEnd) {
    next(() -> observer.bookmark(revision, initialEventsEnd));
  }

  @Override
  public void ended(ApiException cause) {
    next(() -> observer.ended(cause));
  }

  @Override
  public void completed() {
    next(observer::completed);
  }

  private void next(Runnable step) {
    if (open && !thread.isShutdown()) {
      thread.execute(
          () -> {
            try {
              if (open) {
                step.run();
              }
            } catch (ApiException failure) {
              open = false;
              observer.ended(failure);
            }
          });
    }
  }

  @Override
  public void close() {
    open = false;
    thread.shutdownNow();
  }
}
