package dev.drydock.client.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/// The whole API, type by type. Implemented over gRPC, and in memory for tests.
public interface Api {

  /// Objects of one kind.
  <T extends HasMetadata> ResourceClient<T> resource(Kind<T> kind);

  /// What other servers of the API serve: the same verbs reach it.
  default List<OtherVersion> elsewhere() {
    return List.of();
  }

  /// A sub-resource whose body is the kind itself: `status`.
  default <T extends HasMetadata> ResourceClient<T> status(Kind<T> kind) {
    return subresource(kind, "status", kind.model());
  }

  /// A sub-resource with a body of its own: `binding`, `scale`, `eviction`.
  ///
  /// The body's metadata names the parent object.
  <S extends HasMetadata> ResourceClient<S> subresource(
      Kind<?> parent, String subresource, Class<S> body);
}
