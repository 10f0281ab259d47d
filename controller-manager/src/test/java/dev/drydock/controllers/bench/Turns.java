package dev.drydock.controllers.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The order in which virtual threads get their turn.
final class Turns {
  /// As many threads carry the virtual ones.
  private static final int CARRIERS =
      Integer.getInteger(
          "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());

  private Turns() {}

  /// Returns when every virtual thread that was ready to run has run until it had to wait, however
  /// busy the machine is: they get their turns in the order in which they became ready, and threads
  /// that come last and do not let go of a carrier until all carriers have one find them done.
  static synchronized void afterAllThatAreReady() throws InterruptedException {
    var holding = new AtomicInteger();
    List<Thread> last = new ArrayList<>();
    for (int i = 0; i < CARRIERS; i++) {
      last.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    holding.incrementAndGet();
                    while (holding.get() < CARRIERS) {
                      Thread.onSpinWait();
                    }
                  }));
    }
    for (Thread thread : last) {
      thread.join();
    }
  }
}
