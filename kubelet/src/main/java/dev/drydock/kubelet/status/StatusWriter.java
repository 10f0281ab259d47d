package dev.drydock.kubelet.status;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.time.Timers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the api-server of pods' statuses: one patch a change, never two at once for a pod, the
/// newest only. Changes that come close together become one write. Failed writes are tried again.
public final class StatusWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ResourceClient<Pod> pods;
  private final Timers timers;
  private final Duration window;
  private final Semaphore permits;

  @GuardedBy("this")
  private final Map<Uid, Entry> entries = new HashMap<>();

  /// What is known of one pod.
  private static final class Entry {
    final ObjectKey key;
    final TransitionRules rules;
    final List<Revision> causes = new ArrayList<>();
    final List<Consumer<Outcome>> waiting = new ArrayList<>();
    PodStatus written;
    PodStatus newest;
    @Nullable PodStatus wanted;
    Revision stored = Revision.NONE;
    State state = State.IDLE;

    Entry(ObjectKey key, TransitionRules rules, PodStatus written) {
      this.key = key;
      this.rules = rules;
      this.written = written;
      this.newest = written;
    }

    /// Of others' conditions the api-server knows best.
    PodStatus known() {
      List<PodCondition> conditions = new ArrayList<>();
      newest.getConditions().stream().filter(Entry::isOwn).forEach(conditions::add);
      written.getConditions().stream().filter(one -> !isOwn(one)).forEach(conditions::add);
      return newest.toBuilder().withConditions(conditions).build();
    }

    private static boolean isOwn(PodCondition condition) {
      return ConditionRules.OWNED.contains(condition.getType());
    }
  }

  private enum State {
    IDLE,
    SCHEDULED,
    WRITING
  }

  /// How a write ended for those who wait for it.
  public enum Outcome {
    WRITTEN,
    /// The pod is no longer there.
    GONE
  }

  /// @param pods the sub-resource `status`
  /// @param window how long to wait for more changes before writing
  /// @param parallel how many writes may be underway at once
  public StatusWriter(ResourceClient<Pod> pods, Timers timers, Duration window, int parallel) {
    this.pods = pods;
    this.timers = timers;
    this.window = window;
    this.permits = new Semaphore(parallel);
  }

  /// What a new status is computed from: the newest that was submitted, written or not, so that
  /// what has not changed since keeps its times. Conditions of others are the api-server's.
  public synchronized PodStatus known(Pod pod) {
    return entry(pod).known();
  }

  /// Writes the status soon, because of the causes of the calling thread.
  public void submit(Pod pod, PodStatus status) {
    submit(pod, status, null);
  }

  /// Writes the status soon, and tells when it is stored.
  public void submit(Pod pod, PodStatus status, @Nullable Consumer<Outcome> then) {
    synchronized (this) {
      Entry entry = entry(pod);
      entry.wanted = status;
      entry.newest = status;
      entry.causes.addAll(Causes.current().revisions());
      if (then != null) {
        entry.waiting.add(then);
      }
      if (entry.state != State.IDLE) {
        return;
      }
      entry.state = State.SCHEDULED;
    }
    Uid uid = Uid.of(pod);
    timers.after(then == null ? window : Duration.ZERO, () -> write(uid));
  }

  /// Somebody wrote the pod. Conditions of others are kept from now on; one of ours that another
  /// has turned will be turned back by the next status.
  public synchronized void observed(Pod pod) {
    Entry entry = entries.get(Uid.of(pod));
    if (entry == null
        || entry.state != State.IDLE
        || pod.getStatus() == null
        || !Revision.of(pod).atLeast(entry.stored)) {
      return;
    }
    List<PodCondition> conditions = new ArrayList<>();
    for (PodCondition condition : pod.getStatus().getConditions()) {
      PodCondition own =
          ConditionRules.find(entry.written.getConditions(), condition.getType()).orElse(condition);
      boolean same = own.getStatus().equals(condition.getStatus());
      conditions.add(Entry.isOwn(condition) && same ? own : condition);
    }
    entry.written = entry.written.toBuilder().withConditions(conditions).build();
  }

  /// The pod is gone.
  public synchronized void forget(Uid uid) {
    entries.remove(uid);
  }

  @GuardedBy("this")
  private Entry entry(Pod pod) {
    return entries.computeIfAbsent(
        Uid.of(pod),
        _ ->
            new Entry(
                ObjectKey.of(pod),
                TransitionRules.of(pod),
                pod.getStatus() == null ? new PodStatus() : pod.getStatus()));
  }

  private void write(Uid uid) {
    PodStatus wanted;
    PodStatus before;
    PodStatus next;
    ObjectKey key;
    List<Revision> causes;
    synchronized (this) {
      Entry entry = entries.get(uid);
      if (entry == null || entry.wanted == null) {
        return;
      }
      wanted = entry.wanted;
      before = entry.written;
      next = entry.rules.next(before, wanted);
      key = entry.key;
      causes = List.copyOf(entry.causes);
      entry.causes.clear();
      entry.wanted = null;
      entry.state = State.WRITING;
    }
    Optional<Outcome> outcome = Optional.of(Outcome.WRITTEN);
    Optional<String> patch = StatusPatch.between(before, next, uid.value());
    if (patch.isPresent()) {
      outcome = send(uid, key, patch.get(), causes);
    }
    boolean halfway = !next.equals(before) && !next.equals(wanted);
    settle(uid, new Attempt(next, halfway || outcome.isEmpty() ? wanted : null), causes, outcome);
  }

  /// What was written, or not.
  ///
  /// @param left what is still to be written; null: nothing
  private record Attempt(PodStatus status, @Nullable PodStatus left) {}

  /// @return nothing when it must be tried again
  private Optional<Outcome> send(Uid uid, ObjectKey key, String patch, List<Revision> causes) {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      Causes.with(causes, () -> stored(uid, pods.patch(key, new Patch.StrategicMerge(patch))));
      return Optional.of(Outcome.WRITTEN);
    } catch (ApiException e) {
      if (e.isNotFound() || e.isForAnother()) {
        return Optional.of(Outcome.GONE);
      }
      LOG.debug("status of pod {} not written: {}", key, e.getMessage());
      return Optional.empty();
    } finally {
      permits.release();
    }
  }

  private synchronized void stored(Uid uid, Pod pod) {
    Entry entry = entries.get(uid);
    if (entry != null) {
      entry.stored = Revision.of(pod);
    }
  }

  private void settle(Uid uid, Attempt attempt, List<Revision> causes, Optional<Outcome> outcome) {
    List<Consumer<Outcome>> told = List.of();
    Duration again = Duration.ZERO;
    synchronized (this) {
      Entry entry = entries.get(uid);
      if (entry == null) {
        return;
      }
      if (attempt.left() != null) {
        entry.wanted = entry.wanted == null ? attempt.left() : entry.wanted;
        entry.causes.addAll(causes);
      }
      if (outcome.isEmpty()) {
        again = RETRY;
      } else {
        entry.written = attempt.status();
        if (entry.wanted == null) {
          told = List.copyOf(entry.waiting);
          entry.waiting.clear();
        }
      }
      entry.state = entry.wanted == null ? State.IDLE : State.SCHEDULED;
      if (entry.state == State.SCHEDULED) {
        Duration delay = again;
        timers.after(delay, () -> write(uid));
      }
    }
    outcome.ifPresent(told(told));
  }

  private static Consumer<Outcome> told(List<Consumer<Outcome>> listeners) {
    return outcome -> listeners.forEach(listener -> listener.accept(outcome));
  }
}
