package dev.drydock.apiserver.fairness;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The seats of one priority level and the queues before them. As long as nobody waits, a
/// request costs one compare-and-set to sit down and one to stand up. Else the queues take turns
/// as if each were served by an equal part of a processor of its own (fair queuing): the one
/// whose next request would have begun first there is next.
final class FairQueues {
  /// What a request is taken to need before it has ended, in seconds.
  private static final double EXPECTED_SECONDS = 60;

  private final LevelSpec.Queuing settings;
  private final InstantSource clock;
  private final AtomicInteger seats = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger highest = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile int limit;

  @GuardedBy("lock")
  private final Queue[] queues;

  @GuardedBy("lock")
  private double virtualTime;

  @GuardedBy("lock")
  private Instant looked;

  /// One queue.
  static final class Queue {
    final int index;
    final Deque<Waiter> waiting = new ArrayDeque<>();
    int waitingSeats;
    int seats;
    int executing;

    /// When, in virtual time, its next request begins.
    double next;

    Queue(int index) {
      this.index = index;
    }

    boolean isActive() {
      return executing > 0 || !waiting.isEmpty();
    }
  }

  /// Why somebody did not get a seat.
  enum Refusal {
    QUEUE_FULL,
    TIME_OUT
  }

  FairQueues(LevelSpec.Queuing settings, int limit, InstantSource clock) {
    this.settings = settings;
    this.limit = limit;
    this.clock = clock;
    this.looked = clock.instant();
    this.queues = new Queue[settings.queues()];
    for (int i = 0; i < queues.length; i++) {
      queues[i] = new Queue(i);
    }
  }

  /// Takes seats if nobody waits for them.
  boolean trySit(int width) {
    return waiting.get() == 0 && take(width);
  }

  /// A request wider than the level may sit alone.
  private boolean take(int width) {
    int used = seats.get();
    while (used == 0 || used + width <= limit) {
      if (seats.compareAndSet(used, used + width)) {
        noteDemand(used + width);
        return true;
      }
      used = seats.get();
    }
    return false;
  }

  private void noteDemand(int wanted) {
    if (wanted > highest.get()) {
      highest.accumulateAndGet(wanted, Math::max);
    }
  }

  /// Waits for seats.
  ///
  /// @return the queue it waited in, for [#stand]
  /// @throws Refused when there is no room to wait, or it took too long
  Queue queueUp(Waiter waiter, Duration patience) throws Refused {
    Queue queue;
    lock.lock();
    try {
      advance();
      queue = choose(waiter.asking().hash());
      if (queue.waiting.size() >= settings.lengthLimit()) {
        throw new Refused(Refusal.QUEUE_FULL);
      }
      if (!queue.isActive()) {
        queue.next = virtualTime;
      }
      queue.waiting.add(waiter);
      queue.waitingSeats += waiter.asking().width();
      waiting.incrementAndGet();
      noteDemand(seats.get() + totalWaiting());
      dispatch();
    } finally {
      lock.unlock();
    }
    if (!await(waiter, patience) && withdraw(queue, waiter)) {
      throw new Refused(Refusal.TIME_OUT);
    }
    return queue;
  }

  private static boolean await(Waiter waiter, Duration patience) {
    try {
      return waiter.turn().await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// @return false when its turn came meanwhile
  private boolean withdraw(Queue queue, Waiter waiter) {
    lock.lock();
    try {
      if (waiter.hasTurn()) {
        return false;
      }
      queue.waiting.remove(waiter);
      queue.waitingSeats -= waiter.asking().width();
      waiting.decrementAndGet();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives seats back.
  ///
  /// @param queue null: it had not waited
  void stand(int width, @Nullable Queue queue, Instant sat) {
    if (queue != null) {
      lock.lock();
      try {
        advance();
        queue.executing--;
        queue.seats -= width;
        double took = Duration.between(sat, clock.instant()).toNanos() / 1e9;
        queue.next -= width * Math.max(0, EXPECTED_SECONDS - took);
        seats.addAndGet(-width);
        dispatch();
      } finally {
        lock.unlock();
      }
      return;
    }
    seats.addAndGet(-width);
    wake();
  }

  /// Sets how many seats there are.
  void limit(int now) {
    limit = now;
    wake();
  }

  private void wake() {
    if (waiting.get() == 0) {
      return;
    }
    lock.lock();
    try {
      advance();
      dispatch();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void advance() {
    Instant now = clock.instant();
    double elapsed = Duration.between(looked, now).toNanos() / 1e9;
    looked = now;
    int active = 0;
    int wanted = 0;
    for (Queue queue : queues) {
      if (queue.isActive()) {
        active++;
        wanted += queue.seats + queue.waitingSeats;
      }
    }
    if (active > 0 && elapsed > 0) {
      virtualTime += elapsed * Math.min(wanted, limit) / active;
    }
  }

  @GuardedBy("lock")
  private Queue choose(long hash) {
    int[] hand = ShuffleSharding.deal(hash, queues.length, settings.handSize());
    Queue best = queues[hand[0]];
    for (int card : hand) {
      Queue queue = queues[card];
      if (queue.waitingSeats + queue.seats < best.waitingSeats + best.seats) {
        best = queue;
      }
    }
    return best;
  }

  @GuardedBy("lock")
  private void dispatch() {
    while (waiting.get() > 0) {
      Queue next = null;
      for (Queue queue : queues) {
        if (!queue.waiting.isEmpty() && (next == null || queue.next < next.next)) {
          next = queue;
        }
      }
      if (next == null || !take(next.waiting.element().asking().width())) {
        return;
      }
      Waiter waiter = next.waiting.remove();
      int width = waiter.asking().width();
      next.waitingSeats -= width;
      next.seats += width;
      next.executing++;
      next.next += width * EXPECTED_SECONDS;
      waiting.decrementAndGet();
      waiter.takeTurn();
    }
  }

  @GuardedBy("lock")
  private int totalWaiting() {
    int sum = 0;
    for (Queue queue : queues) {
      sum += queue.waitingSeats;
    }
    return sum;
  }

  int seatsInUse() {
    return seats.get();
  }

  int waitingRequests() {
    return waiting.get();
  }

  int limit() {
    return limit;
  }

  /// The most seats wanted since the last call.
  int takeHighest() {
    return highest.getAndSet(seats.get());
  }

  /// What is seen of a queue from outside.
  record QueueState(int index, List<Waiter.Asking> waiting, int executing, int seats, double next) {
    QueueState {
      waiting = List.copyOf(waiting);
    }
  }

  List<QueueState> states() {
    lock.lock();
    try {
      List<QueueState> states = new ArrayList<>();
      for (Queue queue : queues) {
        states.add(
            new QueueState(
                queue.index,
                queue.waiting.stream().map(Waiter::asking).toList(),
                queue.executing,
                queue.seats,
                queue.next));
      }
      return states;
    } finally {
      lock.unlock();
    }
  }

  /// There is no seat.
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.name(), null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }
}
