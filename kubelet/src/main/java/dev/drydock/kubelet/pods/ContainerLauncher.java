package dev.drydock.kubelet.pods;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.GoDuration;
import dev.drydock.kubelet.image.ImageName;
import dev.drydock.kubelet.image.ImagePuller;
import dev.drydock.kubelet.image.ImagePuller.Outcome;
import dev.drydock.kubelet.pods.PodPlan.Doing;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.runtime.ContainerSpec;
import dev.drydock.kubelet.runtime.Exit;
import dev.drydock.kubelet.runtime.StartFailure;
import dev.drydock.kubelet.status.ContainerView.State;
import dev.drydock.kubelet.volumes.SetupFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings a container up: back-off, image, configuration, start. Each failure has Kubernetes'
/// reason, message, event and delay. Runs in the pod's mailbox.
final class ContainerLauncher {
  private static final Duration CONFIG_RETRY = Duration.ofSeconds(10);
  private static final Duration PULL_ERROR_SHOWN = Duration.ofSeconds(2);

  private final PodContext context;
  private final ContainerConfig config;
  private final BiConsumer<Slot, Exit> onExit;
  private final Consumer<Slot> onRunning;

  /// @param onRunning called in the mailbox
  /// @param onExit called in the mailbox
  ContainerLauncher(PodContext context, Consumer<Slot> onRunning, BiConsumer<Slot, Exit> onExit) {
    this.context = context;
    this.config = new ContainerConfig(context);
    this.onRunning = onRunning;
    this.onExit = onExit;
  }

  void start(Slot slot) {
    State.@Nullable Terminated ended = slot.ended();
    if (ended != null && slot.held == Slot.Held.NOT) {
      Instant failedAt = ended.finishedAt() == null ? context.now() : ended.finishedAt();
      Duration wait = slot.crashes.after(failedAt);
      if (!wait.isZero()) {
        crashLoop(slot, wait);
        return;
      }
    }
    slot.turn++;
    Optional<ImageName> name = ImageName.parse(slot.spec.getImage());
    if (name.isEmpty()) {
      invalidName(slot);
      return;
    }
    image(slot, name.get());
  }

  private void crashLoop(Slot slot, Duration wait) {
    String text = GoDuration.format(wait);
    slot.waits(
        "CrashLoopBackOff",
        "back-off "
            + text
            + " restarting failed container="
            + slot.name()
            + " pod="
            + context.label());
    context.warning(
        "BackOff",
        "Back-off restarting failed container " + slot.name() + " in pod " + context.label());
    hold(slot, wait);
  }

  private void hold(Slot slot, Duration wait) {
    slot.doing = Doing.HELD;
    int turn = slot.turn;
    context.laterAfter(
        wait,
        () -> {
          if (slot.doing == Doing.HELD && slot.turn == turn) {
            slot.doing = Doing.NOTHING;
            slot.held = Slot.Held.SERVED;
          }
        });
  }

  private void invalidName(Slot slot) {
    String image = slot.spec.getImage();
    String message =
        "Failed to apply default image tag \""
            + image
            + "\": couldn't parse image name \""
            + image
            + "\": invalid reference format";
    slot.waits("InvalidImageName", message);
    context.warning("InspectFailed", message);
    context.warning("Failed", "Error: InvalidImageName");
    hold(slot, BackOff.FIRST);
  }

  private void image(Slot slot, ImageName name) {
    String image = slot.spec.getImage();
    ImagePuller images = context.services.engine().images();
    String policy = slot.spec.getImagePullPolicy();
    if (policy == null) {
      policy = name.isLatest() ? "Always" : "IfNotPresent";
    }
    boolean present = images.isPresent(name);
    if (policy.equals("Never") && !present) {
      String message = "Container image \"" + image + "\" is not present with pull policy of Never";
      slot.waits("ErrImageNeverPull", message);
      context.warning("ErrImageNeverPull", message);
      context.warning("Failed", "Error: ErrImageNeverPull");
      hold(slot, BackOff.FIRST);
    } else if (present && !policy.equals("Always")) {
      context.normal(
          "Pulled",
          "Container image \""
              + image
              + "\" already present on machine and can be accessed by the pod");
      create(slot, name);
    } else {
      pull(slot, name);
    }
  }

  private void pull(Slot slot, ImageName name) {
    slot.doing = Doing.PREPARING;
    int turn = slot.turn;
    context.normal("Pulling", "Pulling image \"" + slot.spec.getImage() + "\"");
    context
        .services
        .engine()
        .images()
        .pull(
            name,
            outcome ->
                context.later(
                    () -> {
                      if (slot.turn == turn && slot.doing == Doing.PREPARING) {
                        pulled(slot, name, outcome);
                      }
                    }));
  }

  private void pulled(Slot slot, ImageName name, Outcome outcome) {
    String image = slot.spec.getImage();
    switch (outcome) {
      case Outcome.Pulled(var content, Duration took) -> {
        slot.pulls = BackOff.NONE;
        String time = GoDuration.format(Duration.ofMillis(took.toMillis()));
        context.normal(
            "Pulled",
            "Successfully pulled image \""
                + image
                + "\" in "
                + time
                + " ("
                + time
                + " including waiting). Image size: "
                + content.size()
                + " bytes.");
        create(slot, name);
      }
      case Outcome.Failed(String message) -> {
        String text = "Failed to pull image \"" + image + "\": " + message;
        context.warning("Failed", text);
        context.warning("Failed", "Error: ErrImagePull");
        slot.waits("ErrImagePull", message);
        slot.pulls = slot.pulls.next(context.now());
        slot.doing = Doing.HELD;
        int turn = slot.turn;
        context.laterAfter(PULL_ERROR_SHOWN, () -> pullBackOff(slot, turn, message));
      }
    }
  }

  private void pullBackOff(Slot slot, int turn, String message) {
    if (slot.turn != turn || slot.doing != Doing.HELD) {
      return;
    }
    String text = "Back-off pulling image \"" + slot.spec.getImage() + "\"";
    slot.waits("ImagePullBackOff", text + ": ErrImagePull: " + message);
    context.normal("BackOff", text);
    context.warning("Failed", "Error: ImagePullBackOff");
    hold(slot, slot.pulls.delay().minus(PULL_ERROR_SHOWN));
  }

  private void create(Slot slot, ImageName name) {
    ContainerSpec spec;
    try {
      spec = config.spec(slot, context.services.engine().images().image(name));
    } catch (SetupFailure | ApiException e) {
      String message = String.valueOf(e.getMessage());
      slot.waits("CreateContainerConfigError", message);
      context.warning("Failed", "Error: " + message);
      hold(slot, CONFIG_RETRY);
      return;
    }
    run(slot, spec);
  }

  private void run(Slot slot, ContainerSpec spec) {
    Instant began = context.now();
    State.@Nullable Terminated ended = slot.ended();
    int turn = slot.turn;
    try {
      context.normal("Created", "Container created");
      ContainerId id =
          context
              .services
              .engine()
              .runtime()
              .start(spec, exit -> context.later(() -> ended(slot, turn, exit)));
      began(slot, ended);
      remember(slot, id);
      slot.actual = slot.spec.getResources();
      slot.resizing = slot.actual;
      slot.state = new State.Running(id.toString(), began);
      slot.doing = Doing.RUNNING;
      context.normal("Started", "Container started");
      context.effect("start", began, slot.name() + " of " + spec.identity().image());
      onRunning.accept(slot);
    } catch (StartFailure e) {
      String message = String.valueOf(e.getMessage());
      began(slot, ended);
      slot.state = new State.Terminated("", 128, "StartError", message, Instant.EPOCH, began);
      slot.doing = Doing.NOTHING;
      context.warning("Failed", "Error: " + message);
    }
  }

  private void began(Slot slot, State.@Nullable Terminated ended) {
    if (ended != null) {
      slot.last = ended;
      slot.restarts++;
      slot.crashes =
          slot.crashes.next(ended.finishedAt() == null ? context.now() : ended.finishedAt());
    }
    slot.held = Slot.Held.NOT;
  }

  private void remember(Slot slot, ContainerId id) {
    ContainerId older = slot.previous;
    if (older != null) {
      context.services.engine().runtime().remove(older);
    }
    slot.previous = slot.id;
    slot.id = id;
  }

  private void ended(Slot slot, int turn, Exit exit) {
    if (slot.turn == turn) {
      onExit.accept(slot, exit);
    }
  }
}
