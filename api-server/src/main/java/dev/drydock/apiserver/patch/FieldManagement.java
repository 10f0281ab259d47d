package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns which field: keeps `metadata.managedFields` through every write, and carries out
/// server-side apply. The registry calls one of its two methods in each create, update and
/// patch.
public final class FieldManagement {
  private static final String BEFORE_FIRST_APPLY = "before-first-apply";

  private FieldManagement() {}

  /// Who writes.
  ///
  /// @param manager the request's `fieldManager`, or the first part of its user agent
  /// @param apiVersion in which the object was sent: `apps/v1`
  /// @param subresource empty for the object itself
  /// @param now time of the write
  public record Writer(String manager, String apiVersion, String subresource, Instant now) {
    private ManagedFields.Manager as(String operation) {
      return new ManagedFields.Manager(manager, operation, apiVersion, subresource);
    }
  }

  /// Whether an apply may take fields from others.
  public enum Force {
    NO,
    YES
  }

  /// Records a create, an update or a patch other than apply. To be called last, when
  /// defaults, admission and status rules have been carried out; changes nothing but
  /// `after.metadata.managedFields`. When nothing differs, the record stays as it was.
  ///
  /// A record in `after` that differs from the stored one is what the client wants, unless it
  /// writes through a sub-resource; an empty list there ends tracking. An object that was never
  /// tracked stays so.
  ///
  /// @param before the stored object; null for a create
  /// @param after the object about to be stored; its `managedFields` are replaced
  public static void afterUpdate(
      @Nullable ObjectNode before, ObjectNode after, ObjectVersions versions, Writer writer) {
    @Nullable JsonNode stored = record(before);
    @Nullable JsonNode sent = record(after);
    boolean ignored = !writer.subresource().isEmpty();
    if (sent != null && (ignored || (!isReset(sent) && !isReadable(sent)))) {
      sent = null;
    }
    boolean dropped = sent != null && isReset(sent);
    @Nullable JsonNode current = sent == null ? stored : dropped ? null : sent;
    if (current == null && before != null) {
      setRecord(after, null);
      return;
    }
    var changes = new VersionedChanges(before, after, writer.apiVersion(), versions);
    if (changes.written().isEmpty() && isKnown(current, versions)) {
      setRecord(after, current);
      return;
    }
    ManagedFields managed = readOr(current, stored).known(versions);
    ManagedFields.Manager own = writer.as(ManagedFields.UPDATE);
    FieldChanges mine = changes.written();
    FieldSet fields = managed.ownedBy(own).minusBelow(mine.removed()).union(mine.taken());
    setRecord(after, managed.afterWrite(own, changes, fields, writer.now()).toJson());
  }

  /// Checks that an intent, as it was sent, is one that [#apply] can take.
  ///
  /// @throws ApiException bad request: it carries `managedFields`; 500, as Kubernetes answers: it
  ///     does not fit the schema
  public static void checkIntent(ObjectNode intent, Schema schema) {
    if (intent.path("metadata").path("managedFields").isArray()) {
      throw ApiException.badRequest("metadata.managedFields must be nil");
    }
    IntentFields.check(intent, schema);
  }

  /// Server-side apply.
  ///
  /// @param live the stored object in the writer's version; null: it does not exist
  /// @param intent all that the manager wants, checked, and reduced to what this endpoint may write
  /// @return the new object with its record, not yet defaulted; equal to `live` when nothing
  ///     changed
  /// @throws ApiException conflict: others own fields that would change, and `force` is NO
  public static ObjectNode apply(
      @Nullable ObjectNode live,
      ObjectNode intent,
      ObjectVersions versions,
      Writer writer,
      Force force) {
    Schema schema = versions.schema(writer.apiVersion()).orElseThrow();
    ManagedFields.Manager own = writer.as(ManagedFields.APPLY);
    FieldSet wanted = wanted(intent, schema);
    if (live == null) {
      ObjectNode created = intent.deepCopy();
      var all = new VersionedChanges(null, created, writer.apiVersion(), versions);
      setRecord(created, ManagedFields.NONE.afterWrite(own, all, wanted, writer.now()).toJson());
      return created;
    }
    ManagedFields managed = managedBeforeApply(live, schema, writer).known(versions);
    ObjectNode merged = (ObjectNode) ApplyMerge.merge(live, intent, schema);
    merged = new VersionedPruning(managed, own, wanted, versions).prune(merged);
    var changes = new VersionedChanges(live, merged, writer.apiVersion(), versions);
    if (force == Force.NO) {
      refuseConflicts(managed, own, changes, LastApplied.of(live, own, schema));
    }
    boolean same =
        changes.written().isEmpty()
            && managed.ownedBy(own).equals(wanted)
            && isKnown(record(live), versions)
            && managed.entryOf(own).map(entry -> entry.manager().equals(own)).orElse(false);
    setRecord(
        merged,
        same && record(live) != null
            ? record(live)
            : managed.afterWrite(own, changes, wanted, writer.now()).toJson());
    return merged;
  }

  private static FieldSet wanted(ObjectNode intent, Schema schema) {
    var builder = new FieldSet.Builder();
    IntentFields.own(intent, schema, builder);
    return Unowned.without(builder.build());
  }

  /// An object that nobody tracked belongs, as it is, to whoever wrote it.
  private static ManagedFields managedBeforeApply(ObjectNode live, Schema schema, Writer writer) {
    ManagedFields managed = readOr(record(live), null);
    if (!managed.isEmpty()) {
      return managed;
    }
    FieldSet everything = FieldChanges.between(null, live, schema).taken();
    var unknown =
        new ManagedFields.Manager(
            BEFORE_FIRST_APPLY, ManagedFields.UPDATE, writer.apiVersion(), "");
    return new ManagedFields(
        List.of(
            new ManagedFields.Entry(
                unknown, KubernetesTime.seconds(writer.now()), everything, null)));
  }

  /// @param allowed what the manager may take from others without force
  private static void refuseConflicts(
      ManagedFields managed,
      ManagedFields.Manager own,
      VersionedChanges changes,
      FieldSet allowed) {
    var conflicts = new ApplyConflicts();
    for (ManagedFields.Entry entry : managed.entries()) {
      if (!entry.manager().sameAs(own)) {
        FieldChanges seen = changes.in(entry.manager().apiVersion());
        FieldSet taken = entry.fields().intersection(seen.taken());
        conflicts.add(entry.manager(), taken.minus(allowed));
      }
    }
    if (!conflicts.isEmpty()) {
      throw conflicts.asException();
    }
  }

  private static boolean isKnown(@Nullable JsonNode record, ObjectVersions versions) {
    if (record == null) {
      return true;
    }
    for (JsonNode entry : record) {
      if (versions.schema(entry.path("apiVersion").asString("")).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable JsonNode record(@Nullable ObjectNode object) {
    return object == null ? null : object.path("metadata").get("managedFields");
  }

  private static boolean isReset(JsonNode sent) {
    return sent.isEmpty() || (sent.size() == 1 && sent.path(0).isEmpty());
  }

  /// What can't be read counts as not sent.
  private static boolean isReadable(JsonNode sent) {
    try {
      return !ManagedFields.read(sent).isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static ManagedFields readOr(@Nullable JsonNode current, @Nullable JsonNode fallback) {
    try {
      return ManagedFields.read(current);
    } catch (IllegalArgumentException _) {
      return fallback == null ? ManagedFields.NONE : readOr(fallback, null);
    }
  }

  private static void setRecord(ObjectNode object, @Nullable JsonNode managedFields) {
    if (object.get("metadata") instanceof ObjectNode metadata) {
      if (managedFields instanceof ArrayNode list && !list.isEmpty()) {
        metadata.set("managedFields", list);
      } else {
        metadata.remove("managedFields");
      }
    }
  }
}
