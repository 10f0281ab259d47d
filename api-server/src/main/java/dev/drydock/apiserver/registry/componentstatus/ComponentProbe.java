package dev.drydock.apiserver.registry.componentstatus;

import java.util.List;

/// Asks the components of the control plane how they are. Blocking, with a short deadline.
@FunctionalInterface
public interface ComponentProbe {

  List<ComponentHealth> probe();

  /// How one component is.
  ///
  /// @param name `etcd-0`, `scheduler`, `controller-manager`
  /// @param message what it answered: `ok`
  /// @param error why it could not be asked; empty when it could
  record ComponentHealth(String name, Condition condition, String message, String error) {}

  /// The status of the condition `Healthy`.
  enum Condition {
    HEALTHY("True"),
    UNHEALTHY("False"),
    UNKNOWN("Unknown");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }
}
