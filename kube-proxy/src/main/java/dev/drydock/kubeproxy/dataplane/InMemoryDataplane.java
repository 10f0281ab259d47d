package dev.drydock.kubeproxy.dataplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.kubeproxy.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Remembers what it was told; can be out of reach.
public final class InMemoryDataplane implements Dataplane {
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<RuleSet> applied = new ArrayList<>();

  @GuardedBy("lock")
  private final List<Runnable> listeners = new ArrayList<>();

  @GuardedBy("lock")
  private int failures;

  @Override
  public Set<Integer> apply(RuleSet rules) {
    synchronized (lock) {
      lock.notifyAll();
      if (failures > 0) {
        failures--;
        throw new DataplaneException("out of reach");
      }
      applied.add(rules);
      return Set.of();
    }
  }

  @Override
  public void onRestart(Runnable listener) {
    synchronized (lock) {
      listeners.add(listener);
    }
  }

  /// Lets the next calls fail.
  public void failNext(int count) {
    synchronized (lock) {
      failures = count;
    }
  }

  /// Loses its rules and says so.
  public void restart() {
    List<Runnable> told;
    synchronized (lock) {
      applied.add(RuleSet.EMPTY);
      told = List.copyOf(listeners);
    }
    told.forEach(Runnable::run);
  }

  /// Everything that was applied, in order.
  public List<RuleSet> applied() {
    synchronized (lock) {
      return List.copyOf(applied);
    }
  }
}
