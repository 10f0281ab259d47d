package dev.drydock.apiserver.registry.serviceaccount;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// ServiceAccounts: of the Secrets they refer to only the names are kept.
public final class ServiceAccountStrategy implements ResourceStrategy {
  private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";

  @Override
  public void prepareForCreate(ObjectNode account) {
    keepNames(account);
  }

  @Override
  public void prepareForUpdate(ObjectNode account, ObjectNode before) {
    keepNames(account);
  }

  private static void keepNames(ObjectNode account) {
    for (ObjectNode secret : Trees.objects(account, "secrets")) {
      secret.retain(List.of("name"));
    }
  }

  @Override
  public void validateCreate(ObjectNode account, Violations found) {
    if (Trees.has(account, "metadata", "annotations", ENFORCE)) {
      found.warn(
          Field.root(account).child("metadata", "annotations")
              + "["
              + ENFORCE
              + "]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted"
              + " secrets");
    }
  }

  /// Whoever had it has been told.
  @Override
  public void validateUpdate(ObjectNode account, ObjectNode before, Violations found) {
    if (!Trees.has(before, "metadata", "annotations", ENFORCE)) {
      validateCreate(account, found);
    }
  }
}
