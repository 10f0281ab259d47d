package dev.drydock.apiserver.policy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import dev.drydock.apiserver.matching.Matcher;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What policies must know of other objects.
public interface Surroundings extends Matcher.Surroundings {

  /// The objects that a `paramRef` may mean.
  ///
  /// @param namespace of namespaced kinds
  /// @return null: there is no such kind
  @Nullable List<ObjectNode> params(String apiVersion, String kind, String namespace);

  /// Whether objects of a kind live in namespaces.
  Place place(String apiVersion, String kind);

  /// The schema of an object.
  ///
  /// @param as the type that it is seen as, when it is no other's body
  Optional<Schema> schema(ObjectNode object, ResourceType as);

  /// Where objects live.
  enum Place {
    NAMESPACE,
    CLUSTER
  }
}
