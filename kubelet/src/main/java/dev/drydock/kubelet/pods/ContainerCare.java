package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.pods.PodPlan.Doing;
import dev.drydock.kubelet.probes.Check;
import dev.drydock.kubelet.probes.Checks;
import dev.drydock.kubelet.probes.ProbeKind;
import dev.drydock.kubelet.probes.ProbeLoop;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.runtime.Exit;
import dev.drydock.kubelet.status.ContainerView.Health;
import dev.drydock.kubelet.status.ContainerView.State;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks after a running container: postStart hook, probes, preStop hook, stop, end. Runs in the
/// pod's mailbox.
final class ContainerCare {
  private static final Duration NO_LIMIT = Duration.ofDays(365);
  private static final Duration LEAST_GRACE = Duration.ofSeconds(2);

  private final PodContext context;

  ContainerCare(PodContext context) {
    this.context = context;
  }

  /// The container has just begun to run.
  void running(Slot slot) {
    LifecycleHandler hook =
        slot.spec.getLifecycle() == null ? null : slot.spec.getLifecycle().getPostStart();
    if (hook == null) {
      started(slot);
      return;
    }
    slot.doing = Doing.PREPARING;
    int turn = slot.turn;
    Checks.Target target = target(slot);
    context.aside(
        () -> {
          Optional<String> failure = runHook(hook, target, NO_LIMIT);
          context.later(() -> afterHook(slot, turn, failure));
        });
  }

  private void afterHook(Slot slot, int turn, Optional<String> failure) {
    if (slot.turn != turn || slot.doing != Doing.PREPARING) {
      return;
    }
    slot.doing = Doing.RUNNING;
    if (failure.isEmpty()) {
      started(slot);
    } else {
      context.warning("FailedPostStartHook", "PostStartHook failed");
      stop(slot, "FailedPostStartHook", grace(slot.spec.getLivenessProbe()));
    }
  }

  private Optional<String> runHook(LifecycleHandler hook, Checks.Target target, Duration limit) {
    try {
      return context.services.engine().hooks().run(hook, target, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private void started(Slot slot) {
    Probe startup = slot.spec.getStartupProbe();
    if (startup == null) {
      afterStartup(slot);
    } else {
      probe(slot, ProbeKind.STARTUP, startup);
    }
  }

  private void afterStartup(Slot slot) {
    slot.health = slot.spec.getReadinessProbe() == null ? Health.READY : Health.STARTED;
    if (slot.spec.getReadinessProbe() != null) {
      probe(slot, ProbeKind.READINESS, slot.spec.getReadinessProbe());
    }
    if (slot.spec.getLivenessProbe() != null) {
      probe(slot, ProbeKind.LIVENESS, slot.spec.getLivenessProbe());
    }
  }

  private void probe(Slot slot, ProbeKind kind, Probe probe) {
    Check check = context.services.engine().checks().check(probe, target(slot));
    int turn = slot.turn;
    ProbeLoop loop =
        new ProbeLoop(
            kind,
            probe,
            check,
            context.services.pace().timers(),
            new ProbeLoop.Listener() {
              @Override
              public void failed(ProbeKind which, String text) {
                context.warning("Unhealthy", which.word() + " probe failed: " + text);
              }

              @Override
              public void decided(ProbeKind which, Check.Result result) {
                if (wouldChange(slot, which, result)) {
                  context.later(() -> judged(slot, turn, which, result));
                }
              }
            });
    slot.probes.add(loop);
    loop.start();
  }

  /// Read outside of the mailbox: only to spare it work.
  private static boolean wouldChange(Slot slot, ProbeKind kind, Check.Result result) {
    return switch (kind) {
      case STARTUP -> true;
      case LIVENESS -> result == Check.Result.FAILURE;
      case READINESS -> (slot.health == Health.READY) != (result == Check.Result.SUCCESS);
    };
  }

  private void judged(Slot slot, int turn, ProbeKind kind, Check.Result result) {
    if (slot.turn != turn || slot.doing != Doing.RUNNING) {
      return;
    }
    boolean good = result == Check.Result.SUCCESS;
    switch (kind) {
      case READINESS -> slot.health = good ? Health.READY : Health.STARTED;
      case STARTUP -> {
        if (good) {
          slot.stopProbes();
          afterStartup(slot);
        } else {
          unhealthy(slot, "startup", slot.spec.getStartupProbe());
        }
      }
      case LIVENESS -> {
        if (!good) {
          unhealthy(slot, "liveness", slot.spec.getLivenessProbe());
        }
      }
    }
  }

  private void unhealthy(Slot slot, String word, Probe probe) {
    String message = "Container " + slot.name() + " failed " + word + " probe, will be restarted";
    stop(slot, message, grace(probe));
  }

  /// Asks the container to end.
  ///
  /// @param message of the event
  void stop(Slot slot, String message, Duration grace) {
    slot.stopProbes();
    slot.doing = Doing.STOPPING;
    slot.health = slot.health == Health.READY ? Health.STARTED : slot.health;
    context.normal("Killing", message);
    ContainerId id = slot.id;
    if (id == null) {
      return;
    }
    LifecycleHandler hook =
        slot.spec.getLifecycle() == null ? null : slot.spec.getLifecycle().getPreStop();
    if (hook == null) {
      context.services.engine().runtime().stop(id, grace);
      return;
    }
    Checks.Target target = target(slot);
    Instant began = context.now();
    context.aside(
        () -> {
          runHook(hook, target, grace)
              .ifPresent(_ -> context.warning("FailedPreStopHook", "PreStopHook failed"));
          Duration used = Duration.between(began, context.now());
          Duration whole = context.services.pace().timers().scaled(grace);
          Duration left = used.compareTo(whole) >= 0 ? Duration.ZERO : grace.minus(used);
          context
              .services
              .engine()
              .runtime()
              .stop(id, left.compareTo(LEAST_GRACE) < 0 ? LEAST_GRACE : left);
        });
  }

  /// Shortens a stop that is underway.
  void hurry(Slot slot, Duration grace) {
    ContainerId id = slot.id;
    if (id != null && slot.doing == Doing.STOPPING) {
      context.services.engine().runtime().stop(id, grace);
    }
  }

  /// The container has ended.
  void exited(Slot slot, Exit exit) {
    slot.stopProbes();
    ContainerId id = slot.id;
    slot.state =
        new State.Terminated(
            id == null ? "" : id.toString(),
            exit.code(),
            exit.reason(),
            exit.message(),
            exit.startedAt(),
            exit.finishedAt());
    slot.health = Health.NOT_STARTED;
    slot.doing = Doing.NOTHING;
    context.effect("stop", exit.finishedAt(), slot.name() + " ended with " + exit.code());
  }

  private Duration grace(@Nullable Probe probe) {
    Long own = probe == null ? null : probe.getTerminationGracePeriodSeconds();
    Long pods = context.pod.getSpec().getTerminationGracePeriodSeconds();
    return Duration.ofSeconds(own != null ? own : pods != null ? pods : 30);
  }

  private Checks.Target target(Slot slot) {
    ContainerId id = slot.id;
    if (id == null) {
      throw new IllegalStateException("container " + slot.name() + " does not run");
    }
    return new Checks.Target(slot.spec, id, context.ip);
  }
}
