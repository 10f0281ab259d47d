package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The versions in which the objects of a kind can be seen. Entries of managed fields speak each
/// in the version of its writer.
public interface ObjectVersions {

  /// @return empty: there is no such version (any more)
  Optional<Schema> schema(String apiVersion);

  /// The object in another version that there is.
  ///
  /// @param object in the version `from`; not changed
  /// @return the same object where the versions are the same
  ObjectNode convert(ObjectNode object, String from, String to);

  /// Of a kind with one version.
  static ObjectVersions only(String apiVersion, Schema schema) {
    return new ObjectVersions() {
      @Override
      public Optional<Schema> schema(String wanted) {
        return wanted.equals(apiVersion) ? Optional.of(schema) : Optional.empty();
      }

      @Override
      public ObjectNode convert(ObjectNode object, String from, String to) {
        return object;
      }
    };
  }
}
