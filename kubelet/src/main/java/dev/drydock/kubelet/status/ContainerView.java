package dev.drydock.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One container of a pod as its worker knows it at a moment.
///
/// @param last how the run before this one ended; null: there was none
/// @param restarts as counted in the status
/// @param health what the probes say
/// @param actual the resources that it has, where the spec says what it is to have; null: none
public record ContainerView(
    Container spec,
    Role role,
    State state,
    State.@Nullable Terminated last,
    int restarts,
    Health health,
    @Nullable ResourceRequirements actual) {

  /// What kind of container it is.
  public enum Role {
    INIT,
    /// An init container that goes on (`restartPolicy: Always`).
    SIDECAR,
    APP,
    /// Added to a running pod, to look around; never restarted, and nothing depends on it.
    EPHEMERAL
  }

  /// What a container does.
  public sealed interface State {

    record Waiting(String reason, String message) implements State {}

    record Running(String containerId, Instant startedAt) implements State {}

    /// @param containerId empty where it never ran
    record Terminated(
        String containerId,
        int exitCode,
        String reason,
        String message,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt)
        implements State {}
  }

  /// What probes say of a container.
  public enum Health {
    /// Not running, or not known to have started.
    NOT_STARTED,
    /// Started, but not ready for requests.
    STARTED,
    READY
  }

  public String name() {
    return spec.getName();
  }

  public boolean isReady() {
    return state instanceof State.Running && health == Health.READY;
  }

  public boolean hasStarted() {
    return state instanceof State.Running && health != Health.NOT_STARTED;
  }
}
