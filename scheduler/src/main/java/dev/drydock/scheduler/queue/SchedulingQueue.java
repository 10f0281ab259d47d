package dev.drydock.scheduler.queue;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.time.Timers;
import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.plugins.gates.SchedulingGates;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Pods without a node, in the order in which to try them: by priority, then by arrival.
///
/// ```
/// add ──► active ──take──► in flight ──placed──► (gone)
///           ▲                  │ unschedulable, failed
///           │   back-off over  ▼
///           └──── and woken ── waiting ◄── a change that may help, or 5 minutes, wakes it
/// ```
///
/// Safe for all threads; made for one taker at a time.
public final class SchedulingQueue implements AutoCloseable {
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final InstantSource clock;
  private final Timers timers;
  private final Map<String, FilterPlugin> plugins = new HashMap<>();
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<Uid, Entry> entries = new HashMap<>();

  @GuardedBy("lock")
  private final PriorityQueue<Entry> active =
      new PriorityQueue<>(
          Comparator.comparingInt((Entry entry) -> -entry.queued.pod().priority())
              .thenComparingLong(entry -> entry.order));

  /// What happened since the last take: the pod in flight may have been judged before it.
  @GuardedBy("lock")
  private final List<ClusterChange> duringFlight = new ArrayList<>();

  @GuardedBy("lock")
  private long sequence;

  @GuardedBy("lock")
  private boolean closed;

  private enum Place {
    ACTIVE,
    IN_FLIGHT,
    WAITING,
    GATED,
    GONE
  }

  /// Where a pod is; guarded by the lock.
  private static final class Entry {
    QueuedPod queued;
    Place place = Place.GATED;
    long order;
    Set<String> rejectedBy = Set.of();
    boolean backingOff;
    boolean woken;
    int wait;

    Entry(QueuedPod queued) {
      this.queued = queued;
    }
  }

  /// How many pods are where.
  public record Counts(int active, int backoff, int unschedulable, int gated) {}

  /// @param filters the rules, which know what may help the pods that they rejected
  public SchedulingQueue(InstantSource clock, Timers timers, List<FilterPlugin> filters) {
    this.clock = clock;
    this.timers = timers;
    filters.forEach(plugin -> plugins.put(plugin.name(), plugin));
  }

  /// A pod without a node is there, or changed.
  public void seen(PodView pod, Revision revision) {
    synchronized (lock) {
      @Nullable Entry known = entries.get(pod.uid());
      if (known == null) {
        var entry = new Entry(new QueuedPod(pod, 0, clock.instant(), List.of(revision)));
        entry.order = sequence++;
        entries.put(pod.uid(), entry);
        activateUnlessGated(entry);
        return;
      }
      Pod before = known.queued.pod().pod();
      known.queued = known.queued.withPod(pod);
      if (known.place == Place.GATED) {
        addCause(known, revision);
        activateUnlessGated(known);
      } else if (known.place == Place.WAITING && mattersFor(before, pod.pod())) {
        addCause(known, revision);
        wake(known);
      }
    }
  }

  private static boolean mattersFor(Pod before, Pod after) {
    return !before.getSpec().equals(after.getSpec())
        || !Objects.equals(before.getMetadata().getLabels(), after.getMetadata().getLabels());
  }

  /// The pod is gone, or has a node.
  public void remove(Uid uid) {
    synchronized (lock) {
      @Nullable Entry entry = entries.remove(uid);
      if (entry != null) {
        entry.place = Place.GONE;
        active.remove(entry);
      }
    }
  }

  /// Waits for the next pod. It is in flight until it is said what became of it.
  ///
  /// @throws InterruptedException also when the queue was closed
  public QueuedPod take() throws InterruptedException {
    synchronized (lock) {
      while (active.isEmpty() && !closed) {
        lock.wait();
      }
      @Nullable Entry next = active.poll();
      if (closed || next == null) {
        throw new InterruptedException("the queue was closed");
      }
      next.place = Place.IN_FLIGHT;
      duringFlight.clear();
      return next.queued;
    }
  }

  /// The pod in flight has got its node.
  public void placed(Uid uid) {
    remove(uid);
  }

  /// The pod in flight fits nowhere: it waits for a change that may help it.
  ///
  /// @param rejectedBy the rules that rejected it
  public void unschedulable(QueuedPod pod, Set<String> rejectedBy) {
    synchronized (lock) {
      @Nullable Entry entry = entries.get(pod.pod().uid());
      if (entry == null || entry.place != Place.IN_FLIGHT) {
        return;
      }
      entry.rejectedBy = Set.copyOf(rejectedBy);
      entry.woken = duringFlight.stream().anyMatch(change -> mayHelp(entry, change));
      waitForHelp(entry);
    }
  }

  /// Placing the pod failed, for a reason that is not the pod's: it comes again after its
  /// back-off.
  public void failed(QueuedPod pod) {
    synchronized (lock) {
      Entry entry = entries.computeIfAbsent(pod.pod().uid(), _ -> new Entry(pod));
      if (entry.place == Place.ACTIVE || entry.place == Place.WAITING) {
        return;
      }
      entry.woken = true;
      waitForHelp(entry);
    }
  }

  @GuardedBy("lock")
  private void waitForHelp(Entry entry) {
    entry.queued = entry.queued.triedAgain();
    entry.place = Place.WAITING;
    entry.backingOff = true;
    entry.order = sequence++;
    int wait = ++entry.wait;
    timers.after(backoff(entry.queued.attempts()), () -> backoffOver(entry, wait));
    timers.after(LONGEST_WAIT, () -> waitedLongest(entry, wait));
  }

  private static Duration backoff(int attempts) {
    long factor = 1L << Math.min(attempts - 1, 10);
    Duration wait = FIRST_BACKOFF.multipliedBy(factor);
    return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
  }

  private void backoffOver(Entry entry, int wait) {
    synchronized (lock) {
      if (entry.place == Place.WAITING && entry.wait == wait) {
        entry.backingOff = false;
        if (entry.woken) {
          activate(entry);
        }
      }
    }
  }

  private void waitedLongest(Entry entry, int wait) {
    synchronized (lock) {
      if (entry.place == Place.WAITING && entry.wait == wait) {
        wake(entry);
      }
    }
  }

  /// Something happened: pods that it may help are tried again.
  public void changed(ClusterChange change, Revision revision) {
    synchronized (lock) {
      duringFlight.add(change);
      for (Entry entry : entries.values()) {
        if (entry.place == Place.WAITING && !entry.woken && mayHelp(entry, change)) {
          addCause(entry, revision);
          wake(entry);
        }
      }
    }
  }

  private boolean mayHelp(Entry entry, ClusterChange change) {
    if (entry.rejectedBy.isEmpty()) {
      return change instanceof ClusterChange.NodeAdded;
    }
    for (String name : entry.rejectedBy) {
      @Nullable FilterPlugin plugin = plugins.get(name);
      if (plugin == null || plugin.mayHelp(change, entry.queued.pod())) {
        return true;
      }
    }
    return false;
  }

  private static void addCause(Entry entry, Revision revision) {
    var causes = new ArrayList<>(entry.queued.causes());
    causes.add(revision);
    entry.queued = entry.queued.withCauses(Causes.newest(causes));
  }

  @GuardedBy("lock")
  private void wake(Entry entry) {
    entry.woken = true;
    if (!entry.backingOff) {
      activate(entry);
    }
  }

  @GuardedBy("lock")
  private void activateUnlessGated(Entry entry) {
    if (SchedulingGates.hold(entry.queued.pod().pod())) {
      entry.place = Place.GATED;
    } else {
      activate(entry);
    }
  }

  @GuardedBy("lock")
  private void activate(Entry entry) {
    entry.place = Place.ACTIVE;
    entry.woken = false;
    active.add(entry);
    lock.notifyAll();
  }

  public Counts counts() {
    synchronized (lock) {
      int backoff = 0;
      int unschedulable = 0;
      int gated = 0;
      for (Entry entry : entries.values()) {
        switch (entry.place) {
          case WAITING -> {
            backoff += entry.woken ? 1 : 0;
            unschedulable += entry.woken ? 0 : 1;
          }
          case GATED -> gated++;
          case ACTIVE, IN_FLIGHT, GONE -> {}
        }
      }
      return new Counts(active.size(), backoff, unschedulable, gated);
    }
  }

  /// Ends a waiting take.
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
  }
}
