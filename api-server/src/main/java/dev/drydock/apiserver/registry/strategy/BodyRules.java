package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.schema.Schema;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the schema of one version of a kind says about its objects.
public interface BodyRules {

  /// For patches and apply.
  Schema schema();

  /// Brings what a client sent into the form of the schema: unknown fields go.
  ///
  /// @param body changed
  /// @return the paths of the fields that are gone now
  /// @throws dev.drydock.api.schema.UnreadableException for what can't be read at all
  List<String> decode(ObjectNode body);

  /// Like [#decode], of an applied intent, in which null is something that is wanted.
  default List<String> decodeIntent(ObjectNode intent) {
    return decode(intent);
  }

  /// Fills in what the schema has defaults for.
  void applyDefaults(ObjectNode object);

  /// Brings a stored object up to a schema that may be younger than it.
  ///
  /// @return whether something has changed
  default boolean refresh(ObjectNode object) {
    return false;
  }

  /// Whether a body must say what it is.
  default Naming naming() {
    return Naming.IMPLIED;
  }

  /// What happens to a body without `apiVersion` or `kind`.
  enum Naming {
    /// It is taken for what its address says.
    IMPLIED,
    /// It is refused.
    REQUIRED
  }

  /// Which patches make sense.
  default Merging merging() {
    return Merging.BY_KEYS;
  }

  /// Whether the schema has the merge keys of strategic merge.
  enum Merging {
    BY_KEYS,
    PLAIN
  }
}
