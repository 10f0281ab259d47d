package dev.drydock.kubelet.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.time.KubernetesTime;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateTerminatedBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMountStatus;
import io.fabric8.kubernetes.api.model.VolumeMountStatusBuilder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of `containerStatuses`.
final class ContainerStatusRules {
  private ContainerStatusRules() {}

  static ContainerStatus status(Pod pod, ContainerView view) {
    Container spec = view.spec();
    boolean ready =
        switch (view.role()) {
          case INIT -> succeeded(view);
          case SIDECAR, APP -> view.isReady();
          case EPHEMERAL -> false;
        };
    ContainerStatusBuilder status =
        new ContainerStatusBuilder()
            .withName(spec.getName())
            .withState(state(view.state()))
            .withLastState(view.last() == null ? new ContainerState() : state(view.last()))
            .withReady(ready)
            .withStarted(view.hasStarted())
            .withRestartCount(view.restarts())
            .withImage(spec.getImage())
            .withImageID(ran(view) ? imageId(spec.getImage()) : "")
            .withVolumeMounts(mounts(spec));
    String id = containerId(view);
    if (!id.isEmpty()) {
      status.withContainerID(id);
    }
    if (ran(view) && !ContainerUserRules.isElsewhere(pod)) {
      status.withNewUser().withLinux(ContainerUserRules.user(pod, spec)).endUser();
    }
    if (spec.getResources() != null && ran(view)) {
      boolean requests = !spec.getResources().getRequests().isEmpty();
      status.withResources(view.actual());
      status.withAllocatedResources(requests ? spec.getResources().getRequests() : null);
    }
    return status.build();
  }

  private static boolean succeeded(ContainerView view) {
    return view.state() instanceof ContainerView.State.Terminated ended && ended.exitCode() == 0;
  }

  private static boolean ran(ContainerView view) {
    return !containerId(view).isEmpty();
  }

  private static String containerId(ContainerView view) {
    return switch (view.state()) {
      case ContainerView.State.Running(String id, Instant _) -> id;
      case ContainerView.State.Terminated ended -> ended.containerId();
      case ContainerView.State.Waiting _ -> view.last() == null ? "" : view.last().containerId();
    };
  }

  static ContainerState state(ContainerView.State state) {
    return switch (state) {
      case ContainerView.State.Waiting(String reason, String message) ->
          new ContainerStateBuilder()
              .withNewWaiting()
              .withReason(reason)
              .withMessage(orNull(message))
              .endWaiting()
              .build();
      case ContainerView.State.Running(String _, Instant startedAt) ->
          new ContainerStateBuilder()
              .withNewRunning()
              .withStartedAt(KubernetesTime.seconds(startedAt))
              .endRunning()
              .build();
      case ContainerView.State.Terminated ended ->
          new ContainerStateBuilder().withTerminated(terminated(ended)).build();
    };
  }

  private static ContainerStateTerminated terminated(ContainerView.State.Terminated ended) {
    return new ContainerStateTerminatedBuilder()
        .withContainerID(orNull(ended.containerId()))
        .withExitCode(ended.exitCode())
        .withReason(orNull(ended.reason()))
        .withMessage(orNull(ended.message()))
        .withStartedAt(time(ended.startedAt()))
        .withFinishedAt(time(ended.finishedAt()))
        .build();
  }

  private static List<VolumeMountStatus> mounts(Container spec) {
    return spec.getVolumeMounts().stream()
        .map(
            mount ->
                new VolumeMountStatusBuilder()
                    .withName(mount.getName())
                    .withMountPath(mount.getMountPath())
                    .withReadOnly(Boolean.TRUE.equals(mount.getReadOnly()) ? true : null)
                    .withRecursiveReadOnly(
                        Boolean.TRUE.equals(mount.getReadOnly()) ? "Disabled" : null)
                    .build())
        .toList();
  }

  /// A digest that is always the same for a name.
  static String imageId(String image) {
    int at = image.indexOf('@');
    if (at >= 0) {
      return image;
    }
    int colon = image.lastIndexOf(':');
    String repository = colon > image.lastIndexOf('/') ? image.substring(0, colon) : image;
    if (repository.indexOf('/') < 0) {
      repository = "docker.io/library/" + repository;
    }
    return repository + "@sha256:" + sha256(image);
  }

  private static String sha256(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : KubernetesTime.seconds(time);
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
