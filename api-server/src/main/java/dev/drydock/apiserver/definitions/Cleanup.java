package dev.drydock.apiserver.definitions;

import dev.drydock.apiserver.definitions.Conditions.Condition;

/// What a definition says of itself while its objects are taken away.
final class Cleanup {
  private Cleanup() {}

  static Condition begun() {
    return new Condition(
        "Terminating",
        "True",
        "InstanceDeletionInProgress",
        "CustomResource deletion is in progress");
  }

  static Condition ended() {
    return new Condition(
        "Terminating", "False", "InstanceDeletionCompleted", "removed all instances");
  }
}
