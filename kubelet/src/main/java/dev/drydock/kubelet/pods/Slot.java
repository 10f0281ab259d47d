package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.pods.PodPlan.Doing;
import dev.drydock.kubelet.probes.ProbeLoop;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.status.ContainerView;
import dev.drydock.kubelet.status.ContainerView.Health;
import dev.drydock.kubelet.status.ContainerView.Role;
import dev.drydock.kubelet.status.ContainerView.State;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a worker remembers of one container. Belongs to the worker's mailbox; the two ids may be
/// read by anybody.
final class Slot {
  final Role role;
  Container spec;

  /// What the running container has; what it was last started with when it does not run.
  @Nullable ResourceRequirements actual;

  /// What it is just being given.
  @Nullable ResourceRequirements resizing;

  Doing doing = Doing.NOTHING;
  State state;
  State.@Nullable Terminated last;
  int restarts;
  Health health = Health.NOT_STARTED;
  BackOff crashes = BackOff.NONE;
  BackOff pulls = BackOff.NONE;
  Held held = Held.NOT;
  final List<ProbeLoop> probes = new ArrayList<>(0);

  /// Grows with each attempt: an answer that belongs to an older one is not listened to.
  int turn;

  volatile @Nullable ContainerId id;
  volatile @Nullable ContainerId previous;

  /// Whether the wait before the next attempt is behind us.
  enum Held {
    NOT,
    SERVED
  }

  Slot(Role role, Container spec, State state) {
    this.role = role;
    this.spec = spec;
    this.state = state;
    this.actual = spec.getResources();
    this.resizing = actual;
  }

  String name() {
    return spec.getName();
  }

  PodPlan.Step step() {
    return new PodPlan.Step(view(), doing);
  }

  ContainerView view() {
    return new ContainerView(spec, role, state, last, restarts, health, actual);
  }

  /// How the newest run ended; null: it runs, or never ran.
  State.@Nullable Terminated ended() {
    return step().ended();
  }

  /// Shows why it does not run.
  void waits(String reason, String message) {
    if (state instanceof State.Terminated ended) {
      last = ended;
    }
    state = new State.Waiting(reason, message);
    health = Health.NOT_STARTED;
  }

  void stopProbes() {
    probes.forEach(ProbeLoop::stop);
    probes.clear();
  }
}
