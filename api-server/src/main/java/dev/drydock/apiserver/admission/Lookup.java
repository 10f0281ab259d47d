package dev.drydock.apiserver.admission;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Lets rules look at other objects, as memory has them. Nothing that it returns may be changed.
public interface Lookup {

  /// @param resource qualified: `namespaces`, `priorityclasses.scheduling.k8s.io`
  /// @param namespace empty for cluster-scoped objects
  Optional<ObjectNode> find(String resource, String namespace, String name, Age age);

  /// All objects of a cluster-scoped resource.
  List<ObjectNode> list(String resource);

  /// All objects of a namespaced resource in one namespace.
  List<ObjectNode> list(String resource, String namespace, Age age);

  /// Every type that objects are served as at this moment.
  Set<ResourceType> types();

  /// An object as admission has it, in the version of that type; itself where it has it already.
  ObjectNode shown(ObjectNode object, ResourceType as);

  /// What was made of a shown object, in the version that admission has.
  ///
  /// @param asked the type that the client speaks
  ObjectNode taken(ObjectNode object, ResourceType shown, ResourceType asked);

  /// The schema of an object in the version of that type; of an action's body its own.
  Optional<Schema> schema(ObjectNode object, ResourceType as);

  /// How old an answer may be.
  enum Age {
    ANY,
    NOW,
    /// As now; if there is no such object yet, then as in a moment: somebody is about to make it.
    SOON
  }
}
