package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a write touched, as each version of the kind sees it; looked at when somebody asks. For
/// one write and its thread.
final class VersionedChanges {
  private final @Nullable ObjectNode before;
  private final ObjectNode after;
  private final String writtenIn;
  private final ObjectVersions versions;
  private final FieldChanges written;
  private final Map<String, FieldChanges> others = new HashMap<>();

  /// @param writtenIn the version of both states
  VersionedChanges(
      @Nullable ObjectNode before, ObjectNode after, String writtenIn, ObjectVersions versions) {
    this.before = before;
    this.after = after;
    this.writtenIn = writtenIn;
    this.versions = versions;
    this.written = FieldChanges.between(before, after, versions.schema(writtenIn).orElseThrow());
  }

  /// In the version of the write.
  FieldChanges written() {
    return written;
  }

  /// @param apiVersion one that there is
  FieldChanges in(String apiVersion) {
    return apiVersion.equals(writtenIn)
        ? written
        : others.computeIfAbsent(apiVersion, this::converted);
  }

  private FieldChanges converted(String apiVersion) {
    Schema schema = versions.schema(apiVersion).orElseThrow();
    return FieldChanges.between(
        before == null ? null : versions.convert(before, writtenIn, apiVersion),
        versions.convert(after, writtenIn, apiVersion),
        schema);
  }
}
