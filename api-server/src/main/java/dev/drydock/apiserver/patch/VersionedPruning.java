package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// Takes out of a merged object what a manager applied before and nobody holds now, where the
/// holders may speak different versions: what was applied goes in the version of that apply, and
/// comes back in the version of whoever holds it.
///
/// @param managed all entries as they were, of versions that there are
/// @param own who applies
/// @param wanted what it wants now, in its version
record VersionedPruning(
    ManagedFields managed, ManagedFields.Manager own, FieldSet wanted, ObjectVersions versions) {

  /// @param merged in the version of the apply; may be changed
  ObjectNode prune(ObjectNode merged) {
    var last = managed.entryOf(own);
    if (last.isEmpty()) {
      return merged;
    }
    String version = last.get().manager().apiVersion();
    ObjectNode left = versions.convert(merged, own.apiVersion(), version);
    ApplyMerge.prune(left, last.get().fields(), held(version), schema(version));
    for (String other : otherVersions(version)) {
      ObjectNode whole = versions.convert(merged, own.apiVersion(), other);
      ObjectNode less = versions.convert(left, version, other);
      FieldSet gone = all(whole, other).minus(all(less, other));
      if (gone.isEmpty()) {
        continue;
      }
      ObjectNode back = whole.deepCopy();
      ApplyMerge.prune(back, gone, held(other), schema(other));
      left = back;
      version = other;
    }
    return versions.convert(left, version, own.apiVersion());
  }

  private TreeSet<String> otherVersions(String first) {
    var others = new TreeSet<String>();
    managed.entries().forEach(entry -> others.add(entry.manager().apiVersion()));
    others.add(own.apiVersion());
    others.remove(first);
    return others;
  }

  private FieldSet held(String version) {
    FieldSet held = Unowned.FIELDS;
    for (ManagedFields.Entry entry : managed.entries()) {
      ManagedFields.Manager manager = entry.manager();
      if (manager.apiVersion().equals(version) && !manager.sameAs(own)) {
        held = held.union(entry.fields());
      }
    }
    return version.equals(own.apiVersion()) ? held.union(wanted) : held;
  }

  private Schema schema(String version) {
    return versions.schema(version).orElseThrow();
  }

  private FieldSet all(ObjectNode object, String version) {
    return FieldChanges.between(null, object, schema(version)).taken();
  }
}
