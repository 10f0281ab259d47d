package dev.drydock.apiserver.registry.networking;

import dev.drydock.apiserver.registry.strategy.Domains;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// IngressClasses.
public final class IngressClassStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final int LONGEST_CONTROLLER = 250;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode ingressClass, Violations found) {
    Field spec = Field.root(ingressClass).child("spec");
    Field controller = spec.child("controller");
    if (found.present(controller, "")) {
      if (controller.text().length() > LONGEST_CONTROLLER) {
        found.tooLong(controller, LONGEST_CONTROLLER);
      }
      Domains.checkPrefixedPath(controller, found);
    }
    Field parameters = spec.child("parameters");
    if (parameters.isPresent()) {
      checkParameters(parameters, found);
    }
  }

  private static void checkParameters(Field parameters, Violations found) {
    if (parameters.child("apiGroup").isPresent()) {
      found.conforms(parameters.child("apiGroup"), Names::subdomain);
    }
    for (String field : List.of("kind", "name")) {
      if (found.present(parameters.child(field), "")) {
        found.conforms(parameters.child(field), Names::pathSegment);
      }
    }
    Field scope = parameters.child("scope");
    Field namespace = parameters.child("namespace");
    found.requiredOneOf(scope, List.of("Cluster", "Namespace"));
    switch (scope.text()) {
      case "Namespace" -> {
        if (found.present(namespace, "`parameters.scope` is set to 'Namespace'")) {
          found.conforms(namespace, Names::label);
        }
      }
      case "Cluster" -> {
        if (namespace.isPresent()) {
          found.forbidden(namespace, "`parameters.scope` is set to 'Cluster'");
        }
      }
      default -> {
        // not supported, as was said
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode ingressClass, ObjectNode before, Violations found) {
    found.unchanged(
        Field.root(ingressClass).child("spec", "controller"),
        Trees.at(before, "spec", "controller"));
    validateCreate(ingressClass, found);
  }
}
