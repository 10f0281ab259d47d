package dev.drydock.apiserver.registry.event;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Events live for an hour.
///
/// Source: the default of kube-apiserver's flag `--event-ttl`.
public final class EventStrategy implements ResourceStrategy {
  private static final List<String> OF_THE_OBJECT =
      List.of("kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath");
  private static final Traits CORE =
      Traits.USUAL
          .passing()
          .selectableBy(
              "involvedObject.kind",
              "involvedObject.namespace",
              "involvedObject.name",
              "involvedObject.uid",
              "involvedObject.apiVersion",
              "involvedObject.resourceVersion",
              "involvedObject.fieldPath",
              "reason",
              "reportingComponent",
              "type")
          .selectableAs("source", "source.component", "reportingComponent");
  private static final Traits TRAITS = traitsOfBothGroups();
  private static final List<String> IMMUTABLE =
      List.of("involvedObject", "reason", "action", "reportingComponent", "reportingInstance");

  /// The group `events.k8s.io` has names of its own for the same fields.
  private static Traits traitsOfBothGroups() {
    Traits all = CORE.selectableAs("reportingController", "reportingComponent");
    for (String field : OF_THE_OBJECT) {
      all = all.selectableAs("regarding." + field, "involvedObject." + field);
    }
    return all;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode event) {
    event.putIfAbsent("involvedObject", Trees.object());
    event.putIfAbsent("source", Trees.object());
    event.putIfAbsent("metadata", Trees.object());
    Trees.putDefault(event, "reportingComponent", "");
    Trees.putDefault(event, "reportingInstance", "");
  }

  @Override
  public void validateCreate(ObjectNode event, Violations found) {
    Field root = Field.root(event);
    String namespace = Trees.text(event, "metadata", "namespace");
    String involved = Trees.text(event, "involvedObject", "namespace");
    boolean matches =
        involved.isEmpty()
            ? namespace.equals("default") || namespace.equals("kube-system")
            : involved.equals(namespace);
    if (!matches) {
      found.add(
          FieldError.invalid(
              "involvedObject.namespace", involved, "does not match event.namespace"));
    }
    if (Trees.has(event, "eventTime")) {
      found.present(root.child("reportingComponent"), "");
      found.present(root.child("reportingInstance"), "");
      found.present(root.child("action"), "");
      found.present(root.child("reason"), "");
      found.oneOf(root.child("type"), List.of("Normal", "Warning"));
    }
  }

  @Override
  public void validateUpdate(ObjectNode event, ObjectNode before, Violations found) {
    validateCreate(event, found);
    if (Trees.has(before, "eventTime")) {
      for (String field : IMMUTABLE) {
        found.unchanged(Field.root(event).child(field), Trees.at(before, field));
      }
    }
  }
}
