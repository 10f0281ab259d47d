package dev.drydock.controllers.deployment;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;

/// What a Deployment wants done, in order.
public sealed interface DeploymentAction {
  /// Creates the ReplicaSet of the present template.
  record Create(ReplicaSet replicaSet) implements DeploymentAction {}

  /// Replaces a ReplicaSet; when its size differs, that is told as an event.
  record Update(ReplicaSet before, ReplicaSet after) implements DeploymentAction {}

  /// Deletes a ReplicaSet that the history no longer needs.
  record Delete(ReplicaSet replicaSet) implements DeploymentAction {}

  /// Writes the Deployment's status and, as an annotation, the revision of its present template.
  /// Through the status, since an annotation written on the Deployment itself is a new wish.
  record WriteStatus(Deployment after) implements DeploymentAction {}

  /// The progress deadline is due then.
  record LookAgain(Duration after) implements DeploymentAction {}

  /// Refuses to work on an empty selector.
  record RefuseEmptySelector() implements DeploymentAction {}
}
