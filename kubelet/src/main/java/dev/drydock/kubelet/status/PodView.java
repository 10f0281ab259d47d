package dev.drydock.kubelet.status;

import dev.drydock.kubelet.status.ContainerView.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pod as its worker knows it at a moment.
///
/// @param containers init containers first, in order of the spec
/// @param hostIp the node's address
/// @param podIp empty: it has no sandbox (yet, or any more)
/// @param startedAt when the kubelet took it on; null: it never did
/// @param verdict why the pod as a whole has failed; null: it has not
/// @param resize how a change of its resources goes
public record PodView(
    List<ContainerView> containers,
    String hostIp,
    String podIp,
    Life life,
    @Nullable Instant startedAt,
    @Nullable Verdict verdict,
    Resize resize) {

  public PodView {
    containers = List.copyOf(containers);
  }

  /// Whether anything may still run.
  public enum Life {
    ACTIVE,
    /// All containers have ended, and none will be started.
    ENDED
  }

  /// The pod failed, whatever its containers do.
  public record Verdict(String reason, String message) {}

  /// How a change of a pod's resources goes.
  ///
  /// @param pending why the newest wish is not granted: `Deferred` or `Infeasible`; null: it is
  /// @param progress of what was granted
  public record Resize(@Nullable Verdict pending, Progress progress) {
    public static final Resize NONE = new Resize(null, Progress.NONE);
  }

  /// Whether containers are yet to get what the pod was granted.
  public enum Progress {
    NONE,
    UNDERWAY
  }

  List<ContainerView> apps() {
    return containers.stream().filter(c -> c.role() == Role.APP).toList();
  }

  List<ContainerView> inits() {
    return containers.stream()
        .filter(c -> c.role() == Role.INIT || c.role() == Role.SIDECAR)
        .toList();
  }

  List<ContainerView> ephemerals() {
    return containers.stream().filter(c -> c.role() == Role.EPHEMERAL).toList();
  }
}
