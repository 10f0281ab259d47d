package dev.drydock.apiserver.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Blocking calls for many items by a bounded number of workers. One worker is the caller himself.
final class Parallel<T, R> {
  private final int workers;

  Parallel(int workers) {
    this.workers = workers;
  }

  /// The answers in the order of the items. After a failure no new call begins; the first failure
  /// is thrown when those under way have ended.
  List<R> map(List<T> items, Function<T, R> call) {
    var answers = new AtomicReferenceArray<@Nullable R>(items.size());
    var next = new AtomicInteger();
    var failure = new AtomicReference<@Nullable RuntimeException>();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement();
              i < items.size() && failure.get() == null;
              i = next.getAndIncrement()) {
            try {
              answers.set(i, call.apply(items.get(i)));
            } catch (RuntimeException e) {
              failure.compareAndSet(null, e);
            }
          }
        };
    int others = Math.min(workers, items.size()) - 1;
    var ended = new CountDownLatch(Math.max(0, others));
    for (int i = 0; i < others; i++) {
      Thread.ofVirtual()
          .name("delete-collection-", i)
          .start(
              () -> {
                work.run();
                ended.countDown();
              });
    }
    work.run();
    awaitAll(ended);
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    var all = new ArrayList<R>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Optional.ofNullable(answers.get(i)).ifPresent(all::add);
    }
    return all;
  }

  private static void awaitAll(CountDownLatch ended) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
