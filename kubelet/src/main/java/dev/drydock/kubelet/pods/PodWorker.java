package dev.drydock.kubelet.pods;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.resource.Deletion;
import dev.drydock.kubelet.pods.PodPlan.Aim;
import dev.drydock.kubelet.pods.PodPlan.Sandbox;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.status.ContainerView;
import dev.drydock.kubelet.status.PodPhaseRules;
import dev.drydock.kubelet.status.PodStatusRules;
import dev.drydock.kubelet.status.PodView;
import dev.drydock.kubelet.status.StatusWriter;
import dev.drydock.kubelet.volumes.SetupFailure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes one pod happen: serial, knows the newest wish only, plans ([PodPlan]) and does.
///
/// ```
/// RUN --(deleted | rejected | deadline)--> STOP --(all ended)--> NOTHING --(deleted)--> gone
///  \--(all ended for good)-------------------------------------/
/// ```
final class PodWorker {
  private static final Duration SANDBOX_RETRY = Duration.ofSeconds(2);
  private static final Duration DELETE_RETRY = Duration.ofSeconds(1);
  private static final Duration FORCED_GRACE = Duration.ofSeconds(2);

  private final PodContext context;
  private final PodSetup setup;
  private final ContainerCare care;
  private final ContainerLauncher launcher;
  private final PodResizing resizing;
  private final PodDeadline deadline;
  private volatile List<Slot> slots;
  private volatile Aim aim = Aim.RUN;
  private Sandbox sandbox = Sandbox.MISSING;
  private Presence presence = Presence.STORED;
  private @Nullable Instant stoppingSince;

  /// Whether the api-server still has the pod.
  private enum Presence {
    STORED,
    DELETING,
    GONE
  }

  /// @param room for more than it has
  PodWorker(Pod pod, PodServices services, PodResizing.Room room) {
    this.context = new PodContext(pod, services, this::sync);
    this.setup = new PodSetup(context);
    this.care = new ContainerCare(context);
    this.launcher = new ContainerLauncher(context, care::running, care::exited);
    this.resizing = new PodResizing(context, care, room);
    this.deadline = new PodDeadline(context, this::overdue);
    this.slots = List.of();
  }

  /// Begins.
  ///
  /// @param verdict why it must not run here; null: it may
  void begin(PodView.@Nullable Verdict verdict) {
    context.later(
        () -> {
          if (verdict == null) {
            restore();
          } else {
            context.verdict = verdict;
            aim = Aim.STOP;
          }
          wish(context.pod);
        });
  }

  /// The pod has changed.
  void update(Pod pod) {
    context.later(
        () -> {
          if (presence != Presence.GONE) {
            wish(pod);
          }
        });
  }

  /// The pod is no longer in the api-server: whatever still runs is ended.
  void gone() {
    context.later(
        () -> {
          presence = Presence.GONE;
          aim = aim == Aim.NOTHING ? Aim.NOTHING : Aim.STOP;
          slots.forEach(slot -> care.hurry(slot, FORCED_GRACE));
          context.services.reports().status().forget(context.uid);
          if (aim == Aim.NOTHING) {
            forgetContainers();
          }
        });
  }

  Pod pod() {
    return context.pod;
  }

  /// Its resources are those that the node has set aside for it.
  Pod allocated() {
    return resizing.allocated();
  }

  Uid uid() {
    return context.uid;
  }

  ObjectKey key() {
    return context.key;
  }

  /// Whether it takes room on the node.
  boolean isActive() {
    return aim != Aim.NOTHING;
  }

  /// A run of a container.
  ///
  /// @param container empty: the only one
  /// @throws ApiException with the kubelet's message when there is none
  ContainerId run(String container, PodAgent.Run run) {
    List<Slot> all = slots;
    if (container.isEmpty() && all.size() > 1) {
      String names = all.stream().map(Slot::name).collect(Collectors.joining(" "));
      throw ApiException.badRequest(
          "a container name must be specified for pod "
              + context.key.name()
              + ", choose one of: ["
              + names
              + "]");
    }
    Slot slot =
        all.stream()
            .filter(one -> container.isEmpty() || one.name().equals(container))
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "container " + container + " is not valid for pod " + context.key.name()));
    ContainerId id = run == PodAgent.Run.PREVIOUS ? slot.previous : slot.id;
    if (id == null) {
      throw ApiException.badRequest(missing(slot, run));
    }
    return id;
  }

  private String missing(Slot slot, PodAgent.Run run) {
    String where = "container \"" + slot.name() + "\" in pod \"" + context.key.name() + "\"";
    if (run == PodAgent.Run.PREVIOUS) {
      return "previous terminated " + where + " not found";
    }
    String reason =
        slot.state instanceof ContainerView.State.Waiting(String word, String _)
            ? word
            : "ContainerCreating";
    return where + " is waiting to start: " + reason;
  }

  private void restore() {
    PodRestore restore = new PodRestore(context.pod, context.now());
    slots = restore.slots();
    PodStatus status = context.pod.getStatus();
    String phase = status == null ? "" : status.getPhase();
    if (PodPhaseRules.isTerminal(phase)) {
      aim = Aim.NOTHING;
    } else if (restore.ranBefore() && !isDeleted(context.pod)) {
      context.normal("SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
    }
    context.startedAt =
        status == null || status.getStartTime() == null
            ? context.now()
            : KubernetesTime.parseOrEpoch(status.getStartTime());
  }

  private void wish(Pod pod) {
    Pod before = context.pod;
    context.pod = pod;
    boolean deleted = isDeleted(pod);
    if (!Objects.equals(before.getMetadata().getGeneration(), pod.getMetadata().getGeneration())
        || deleted != isDeleted(before)) {
      context.cause = Revision.of(pod);
    }
    context.services.reports().status().observed(pod);
    deadline.arm();
    if (deleted) {
      Duration grace = deletionGrace(pod);
      if (aim == Aim.RUN) {
        aim = Aim.STOP;
      } else if (!grace.equals(deletionGrace(before))) {
        slots.forEach(slot -> care.hurry(slot, grace));
      }
    }
    resizing.wish(pod);
  }

  /// The images of a running pod may be changed, and its resources. Also without a change, so that
  /// nothing holds on to older copies of the pod.
  private void takeSpecs(Pod pod) {
    slots = PodRestore.grown(slots, pod);
    for (Slot slot : slots) {
      var list =
          switch (slot.role) {
            case APP -> pod.getSpec().getContainers();
            case INIT, SIDECAR -> pod.getSpec().getInitContainers();
            case EPHEMERAL -> List.<Container>of();
          };
      list.stream()
          .filter(container -> container.getName().equals(slot.name()))
          .forEach(
              container -> {
                boolean other = !container.getImage().equals(slot.spec.getImage());
                slot.spec = container;
                if (other && aim == Aim.RUN && slot.doing == PodPlan.Doing.RUNNING) {
                  care.stop(
                      slot,
                      "Container " + slot.name() + " definition changed, will be restarted",
                      deletionGrace(pod));
                }
              });
    }
  }

  private void overdue() {
    if (aim == Aim.RUN) {
      String message = "Pod was active on the node longer than the specified deadline";
      context.verdict = new PodView.Verdict("DeadlineExceeded", message);
      context.normal("DeadlineExceeded", message);
      aim = Aim.STOP;
    }
  }

  private void sync() {
    takeSpecs(resizing.allocated());
    if (aim == Aim.RUN) {
      resizing.actuate(slots);
    }
    for (List<PodAction> next = plan(); !next.isEmpty(); next = plan()) {
      next.forEach(this::perform);
    }
    if (presence == Presence.STORED && aim != Aim.NOTHING) {
      context.services.reports().status().submit(context.pod, status());
    }
    if (aim == Aim.NOTHING && presence == Presence.STORED && isDeleted(context.pod)) {
      reportAndDelete();
    }
  }

  private List<PodAction> plan() {
    List<PodPlan.Step> steps = slots.stream().map(Slot::step).toList();
    return new PodPlan(context.pod, aim, sandbox, steps).decide();
  }

  private void perform(PodAction action) {
    switch (action) {
      case PodAction.MakeSandbox() -> makeSandbox();
      case PodAction.Start(String name) -> launcher.start(slot(name));
      case PodAction.Stop(String name) ->
          care.stop(slot(name), "Stopping container " + name, graceLeft());
      case PodAction.Finish() -> finish();
    }
  }

  private void makeSandbox() {
    try {
      setup.make();
      sandbox = Sandbox.READY;
    } catch (SetupFailure | ApiException | NoSuchElementException e) {
      String message = String.valueOf(e.getMessage());
      boolean mount = message.startsWith("MountVolume");
      context.warning(mount ? "FailedMount" : "FailedCreatePodSandBox", message);
      sandbox = Sandbox.HELD;
      context.laterAfter(
          SANDBOX_RETRY, () -> sandbox = sandbox == Sandbox.HELD ? Sandbox.MISSING : sandbox);
    }
  }

  private void finish() {
    slots.forEach(
        slot -> {
          slot.turn++;
          slot.doing = PodPlan.Doing.NOTHING;
        });
    aim = Aim.NOTHING;
    setup.release();
    sandbox = Sandbox.MISSING;
    if (presence == Presence.GONE) {
      forgetContainers();
    } else if (!isDeleted(context.pod)) {
      context.services.reports().status().submit(context.pod, status());
    }
  }

  /// The last word of a pod that was asked to go: its final status, then its removal.
  private void reportAndDelete() {
    presence = Presence.DELETING;
    context
        .services
        .reports()
        .status()
        .submit(context.pod, status(), outcome -> context.later(() -> reported(outcome)));
  }

  private void reported(StatusWriter.Outcome outcome) {
    if (outcome == StatusWriter.Outcome.WRITTEN && presence == Presence.DELETING) {
      context.aside(this::delete);
    }
  }

  private void delete() {
    try {
      context.services.reports().pods().delete(context.key, Deletion.IMMEDIATE.onlyIf(context.uid));
    } catch (ApiException e) {
      if (!e.isNotFound() && !e.isConflict()) {
        context.services.pace().timers().after(DELETE_RETRY, () -> context.later(this::retry));
      }
    }
  }

  private void retry() {
    if (presence == Presence.DELETING) {
      context.aside(this::delete);
    }
  }

  private void forgetContainers() {
    for (Slot slot : slots) {
      ContainerId id = slot.id;
      ContainerId previous = slot.previous;
      if (id != null) {
        context.services.engine().runtime().remove(id);
      }
      if (previous != null) {
        context.services.engine().runtime().remove(previous);
      }
    }
  }

  private PodStatus status() {
    PodView view =
        new PodView(
            slots.stream().map(Slot::view).toList(),
            context.services.host().address(),
            context.ip,
            aim == Aim.NOTHING ? PodView.Life.ENDED : PodView.Life.ACTIVE,
            context.startedAt,
            context.verdict,
            aim == Aim.RUN ? resizing.shown() : PodView.Resize.NONE);
    PodStatus before = context.services.reports().status().known(context.pod);
    return PodStatusRules.status(context.pod, view, before, context.now());
  }

  private Slot slot(String name) {
    return slots.stream().filter(slot -> slot.name().equals(name)).findFirst().orElseThrow();
  }

  private static boolean isDeleted(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /// What is left of the pod's grace: the sidecars, which come last, get no time of their own.
  private Duration graceLeft() {
    Instant since = stoppingSince == null ? context.now() : stoppingSince;
    stoppingSince = since;
    Duration left = context.remaining(deletionGrace(context.pod), since);
    return left.compareTo(FORCED_GRACE) < 0 ? FORCED_GRACE : left;
  }

  private Duration deletionGrace(Pod pod) {
    if (presence == Presence.GONE) {
      return FORCED_GRACE;
    }
    Long deletion = pod.getMetadata().getDeletionGracePeriodSeconds();
    Long own = pod.getSpec().getTerminationGracePeriodSeconds();
    long seconds = deletion != null ? deletion : own != null ? own : 30;
    return Duration.ofSeconds(Math.max(1, seconds));
  }
}
