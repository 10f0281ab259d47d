package dev.drydock.apiserver.fairness;

import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/// A request that waits for its turn.
final class Waiter {
  private final Asking asking;
  private final CountDownLatch turn = new CountDownLatch(1);

  /// @param hash of its flow
  /// @param width how many seats it takes
  record Asking(String schema, String flow, long hash, int width, Instant arrived) {}

  Waiter(Asking asking) {
    this.asking = asking;
  }

  Asking asking() {
    return asking;
  }

  void takeTurn() {
    turn.countDown();
  }

  boolean hasTurn() {
    return turn.getCount() == 0;
  }

  CountDownLatch turn() {
    return turn;
  }
}
