package dev.drydock.lab.topology;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One process of the lab.
///
/// @param node null for the control plane
public record Component(Role role, @Nullable LabNode node) {
  /// A component of the control plane.
  public static Component of(Role role) {
    return new Component(role, null);
  }

  public static Component of(Role role, LabNode node) {
    return new Component(role, node);
  }

  public Optional<LabNode> onNode() {
    return Optional.ofNullable(node);
  }

  /// Unique in the lab: `scheduler`, `kubelet-node-1`.
  public String name() {
    return node == null ? role.title() : role.title() + "-" + node.name();
  }
}
