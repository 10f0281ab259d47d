package dev.drydock.apiserver.registry.event;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.nio.charset.StandardCharsets;
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
          .named(Names::pathSegment)
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
  private static final int LONGEST_WORD = 128;
  private static final int LONGEST_NOTE = 1024;

  /// Where events about objects without a namespace are.
  private static final List<String> HOMES_OF_CLUSTER = List.of("", "default", "kube-system");

  private final Group group;

  /// Where an event comes from: what is new in the newer group is judged more strictly.
  private enum Group {
    CORE,
    EVENTS
  }

  public EventStrategy() {
    this(Group.CORE);
  }

  private EventStrategy(Group group) {
    this.group = group;
  }

  @Override
  public ResourceStrategy spoken(String apiVersion) {
    return apiVersion.equals("v1") ? this : new EventStrategy(Group.EVENTS);
  }

  /// The group `events.k8s.io` has names of its own for the same fields.
  private static Traits traitsOfBothGroups() {
    Traits all = CORE.selectableAs("reportingController", "reportingComponent");
    for (String field : OF_THE_OBJECT) {
      all = all.selectableAs("regarding." + field, "involvedObject." + field);
    }
    return all;
  }

  @Override
  public boolean isCreatedByUpdates() {
    return true;
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
    checkAny(event, found);
    if (group == Group.EVENTS) {
      StrictEventRules.checkNew(Field.root(event), found);
    }
  }

  @Override
  public void validateUpdate(ObjectNode event, ObjectNode before, Violations found) {
    checkAny(event, found);
  }

  private static void checkAny(ObjectNode event, Violations found) {
    String namespace = Trees.text(event, "metadata", "namespace");
    String involved = Trees.text(event, "involvedObject", "namespace");
    boolean modern = Trees.has(event, "eventTime");
    boolean matches =
        involved.isEmpty()
            ? HOMES_OF_CLUSTER.contains(namespace) && (modern || !namespace.equals("kube-system"))
            : modern || involved.equals(namespace);
    if (!matches) {
      found.add(
          FieldError.invalid(
              "involvedObject.namespace", involved, "does not match event.namespace"));
    }
    if (modern) {
      checkModern(Field.root(event), found);
    }
  }

  /// What an event with `eventTime` must say of itself.
  private static void checkModern(Field event, Violations found) {
    Field reporter = StrictEventRules.reporter(event);
    found.present(reporter, "");
    found.conforms(reporter, Names::qualified);
    for (String field : List.of("reportingInstance", "action", "reason")) {
      found.present(event.child(field), "");
      limit(event.child(field), LONGEST_WORD, found);
    }
    limit(event.child("message"), LONGEST_NOTE, found);
  }

  private static void limit(Field field, int longest, Violations found) {
    if (field.text().getBytes(StandardCharsets.UTF_8).length > longest) {
      found.add(
          FieldError.invalid(field.path(), "", "can have at most " + longest + " characters"));
    }
  }
}
