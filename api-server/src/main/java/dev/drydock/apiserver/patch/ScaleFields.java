package dev.drydock.apiserver.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns an object's number of replicas, seen from its `scale`: the same managers with the one
/// field that a scale has. What a write to the scale does to them goes back to the object.
///
/// @param paths where each version of the object keeps the number
public record ScaleFields(Paths paths) {
  /// The version that a scale speaks.
  public static final String API_VERSION = "autoscaling/v1";

  private static final FieldSet IN_SCALE = path("spec.replicas");

  /// Where the number of replicas stands, version by version.
  @FunctionalInterface
  public interface Paths {

    /// @return a dotted path; an empty one: that version has no scale; nothing: there is no such
    ///     version
    Optional<String> replicas(String apiVersion);
  }

  private static FieldSet path(String dotted) {
    var fields = new FieldSet.Builder();
    FieldSet.Builder place = fields;
    for (String step : dotted.split("\\.", -1)) {
      place = place.child("f:" + step);
    }
    place.own();
    return fields.build();
  }

  /// Puts into a scale the managers that own the object's number of replicas.
  ///
  /// @param scale changed
  public void show(ObjectNode object, ObjectNode scale) {
    var shown = new ArrayList<ManagedFields.Entry>();
    for (ManagedFields.Entry entry : entries(object)) {
      String path = paths.replicas(entry.manager().apiVersion()).orElse("");
      ManagedFields.Manager seen = in(entry.manager(), API_VERSION);
      boolean known = shown.stream().anyMatch(other -> other.manager().equals(seen));
      if (owns(entry, path) && !known) {
        shown.add(new ManagedFields.Entry(seen, entry.time(), IN_SCALE, null));
      }
    }
    setEntries(scale, shown);
  }

  /// Carries over to the object what became of the owners that [#show] told. A manager that got
  /// the number through the scale has an entry of its own, without a time, as in Kubernetes.
  ///
  /// @param object changed; has the record that it had when the scale was shown
  /// @param apiVersion the object's version in which the scale was addressed
  public void takeBack(ObjectNode object, ObjectNode scale, String apiVersion) {
    var owners = new ArrayList<>(entries(scale));
    owners.removeIf(owner -> !owner.fields().equals(IN_SCALE.union(owner.fields())));
    var kept = new ArrayList<ManagedFields.Entry>();
    for (ManagedFields.Entry entry : entries(object)) {
      Optional<String> path = paths.replicas(entry.manager().apiVersion());
      if (path.isEmpty()) {
        continue;
      }
      boolean stays = !owns(entry, path.get()) || owners.removeIf(owner -> isSame(owner, entry));
      FieldSet fields = stays ? entry.fields() : entry.fields().minus(path(path.get()));
      if (!fields.isEmpty() || stays) {
        kept.add(entry.withFields(fields));
      }
    }
    FieldSet replicas = path(paths.replicas(apiVersion).orElseThrow());
    for (ManagedFields.Entry owner : owners) {
      kept.add(new ManagedFields.Entry(in(owner.manager(), apiVersion), "", replicas, null));
    }
    setEntries(object, kept);
  }

  private static boolean owns(ManagedFields.Entry entry, String path) {
    return !path.isEmpty() && !entry.fields().intersection(path(path)).isEmpty();
  }

  private static boolean isSame(ManagedFields.Entry owner, ManagedFields.Entry entry) {
    return owner.manager().equals(in(entry.manager(), API_VERSION));
  }

  private static ManagedFields.Manager in(ManagedFields.Manager manager, String apiVersion) {
    return new ManagedFields.Manager(
        manager.name(), manager.operation(), apiVersion, manager.subresource());
  }

  private static List<ManagedFields.Entry> entries(ObjectNode of) {
    @Nullable JsonNode record = of.path("metadata").get("managedFields");
    try {
      return ManagedFields.read(record).entries();
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  private static void setEntries(ObjectNode of, List<ManagedFields.Entry> entries) {
    if (of.get("metadata") instanceof ObjectNode metadata) {
      if (entries.isEmpty()) {
        metadata.remove("managedFields");
      } else {
        metadata.set("managedFields", new ManagedFields(entries).toJson());
      }
    }
  }
}
