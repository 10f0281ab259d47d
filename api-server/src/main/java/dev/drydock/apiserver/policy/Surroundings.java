package dev.drydock.apiserver.policy;

import dev.drydock.apiserver.matching.Matcher;
import java.util.List;
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

  /// Where objects live.
  enum Place {
    NAMESPACE,
    CLUSTER
  }
}
