package dev.drydock.apiserver.patch;

import dev.drydock.api.time.KubernetesTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who owns which field of an object: `metadata.managedFields`. Immutable.
record ManagedFields(List<Entry> entries) {
  static final ManagedFields NONE = new ManagedFields(List.of());
  static final String APPLY = "Apply";
  static final String UPDATE = "Update";

  private static final int MAX_UPDATE_MANAGERS = 10;
  private static final String AGED = "ancient-changes";

  /// Identity of a manager: a client that both applies and updates counts twice.
  record Manager(String name, String operation, String apiVersion, String subresource) {
    boolean sameAs(Manager other) {
      return name.equals(other.name)
          && operation.equals(other.operation)
          && subresource.equals(other.subresource)
          && (operation.equals(APPLY) || apiVersion.equals(other.apiVersion));
    }
  }

  /// One manager and what it owns.
  ///
  /// @param time of its last change, as written; may be empty
  /// @param json as it stood in the object, reused while nothing changes; null for a new state
  record Entry(Manager manager, String time, FieldSet fields, @Nullable ObjectNode json) {
    boolean isUpdate() {
      return manager.operation().equals(UPDATE);
    }

    Entry withFields(FieldSet changed) {
      return changed.equals(fields) ? this : new Entry(manager, time, changed, null);
    }

    ObjectNode toJson() {
      if (json != null) {
        return json;
      }
      ObjectNode made = JsonNodeFactory.instance.objectNode();
      made.put("manager", manager.name());
      made.put("operation", manager.operation());
      made.put("apiVersion", manager.apiVersion());
      if (!time.isEmpty()) {
        made.put("time", time);
      }
      made.put("fieldsType", "FieldsV1");
      made.set("fieldsV1", FieldSetCodec.write(fields));
      if (!manager.subresource().isEmpty()) {
        made.put("subresource", manager.subresource());
      }
      return made;
    }
  }

  ManagedFields {
    entries = List.copyOf(entries);
  }

  /// @param list `metadata.managedFields`; absent: nobody owns anything
  /// @throws IllegalArgumentException when it can't be read
  static ManagedFields read(@Nullable JsonNode list) {
    if (list == null || list.isEmpty()) {
      return NONE;
    }
    var entries = new ArrayList<Entry>();
    for (JsonNode each : list) {
      if (each instanceof ObjectNode object && !object.isEmpty()) {
        var manager =
            new Manager(
                text(object, "manager"),
                text(object, "operation"),
                text(object, "apiVersion"),
                text(object, "subresource"));
        boolean fits =
            (manager.operation().equals(APPLY) || manager.operation().equals(UPDATE))
                && !manager.apiVersion().isEmpty()
                && text(object, "fieldsType").equals("FieldsV1");
        if (!fits) {
          throw new IllegalArgumentException("no entry of managed fields: " + object);
        }
        FieldSet fields = FieldSetCodec.read(object.path("fieldsV1"));
        entries.add(new Entry(manager, text(object, "time"), fields, object));
      }
    }
    return new ManagedFields(entries);
  }

  private static String text(ObjectNode object, String field) {
    return object.path(field).asString("");
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /// Without the entries of versions that there are not.
  ManagedFields known(ObjectVersions versions) {
    Predicate<Entry> known = entry -> versions.schema(entry.manager().apiVersion()).isPresent();
    return entries.stream().allMatch(known)
        ? this
        : new ManagedFields(entries.stream().filter(known).toList());
  }

  /// What is written of a manager.
  Optional<Entry> entryOf(Manager manager) {
    return entries.stream().filter(entry -> entry.manager().sameAs(manager)).findFirst();
  }

  /// What the manager owns; empty when it is not known.
  FieldSet ownedBy(Manager manager) {
    return entryOf(manager).map(Entry::fields).orElse(FieldSet.EMPTY);
  }

  /// The record after a write.
  ///
  /// @param changes what differs; every other manager loses it, in its version
  /// @param fields what the writer owns now
  /// @param now time of the writer's entry where the write changed the object; where it only
  ///     changed what the writer owns, its entry keeps the time that it has, if any
  ManagedFields afterWrite(Manager writer, VersionedChanges changes, FieldSet fields, Instant now) {
    var kept = new ArrayList<Entry>();
    @Nullable Entry own = null;
    for (Entry entry : entries) {
      if (entry.manager().sameAs(writer)) {
        own = entry;
        continue;
      }
      FieldChanges seen = changes.in(entry.manager().apiVersion());
      FieldSet rest = entry.fields().minus(seen.taken()).minusBelow(seen.removed());
      if (!rest.isEmpty()) {
        kept.add(entry.withFields(rest));
      }
    }
    boolean applies = writer.operation().equals(APPLY);
    boolean changed = !changes.written().isEmpty();
    if (own != null
        && own.fields().equals(fields)
        && own.manager().equals(writer)
        && !(applies && changed)) {
      kept.add(own);
    } else if (!fields.isEmpty()) {
      String last = own == null ? "" : own.time();
      String time = applies && !changed ? last : KubernetesTime.seconds(now);
      kept.add(new Entry(writer, time, fields, null));
    }
    return new ManagedFields(kept).capped();
  }

  /// Beyond ten updating managers the oldest ones are thrown together.
  private ManagedFields capped() {
    long updates = entries.stream().filter(Entry::isUpdate).count();
    if (updates <= MAX_UPDATE_MANAGERS) {
      return this;
    }
    var left = new ArrayList<>(entries);
    List<Entry> oldest =
        entries.stream().filter(Entry::isUpdate).sorted(Comparator.comparing(Entry::time)).toList();
    for (Entry entry : oldest) {
      if (left.stream().filter(Entry::isUpdate).count() <= MAX_UPDATE_MANAGERS) {
        break;
      }
      left.remove(entry);
      var bucket = new Manager(AGED, UPDATE, entry.manager().apiVersion(), "");
      FieldSet fields = entry.fields();
      for (Entry other : List.copyOf(left)) {
        if (other.manager().sameAs(bucket)) {
          fields = fields.union(other.fields());
          left.remove(other);
        }
      }
      left.add(new Entry(bucket, entry.time(), fields, null));
    }
    return new ManagedFields(left);
  }

  /// In Kubernetes' order: operation, time, manager, version, sub-resource.
  ArrayNode toJson() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    entries.stream()
        .sorted(
            Comparator.comparing((Entry entry) -> entry.manager().operation())
                .thenComparing(Entry::time)
                .thenComparing(entry -> entry.manager().name())
                .thenComparing(entry -> entry.manager().apiVersion())
                .thenComparing(entry -> entry.manager().subresource()))
        .forEach(entry -> list.add(entry.toJson()));
    return list;
  }
}
