package dev.drydock.api.meta;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Identity of an object within its resource type.
///
/// @param namespace empty for cluster-scoped objects
/// @param name never empty
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  public static ObjectKey of(String namespace, String name) {
    return new ObjectKey(namespace, name);
  }

  /// Key of a cluster-scoped object.
  public static ObjectKey clusterScoped(String name) {
    return new ObjectKey("", name);
  }

  public static ObjectKey of(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return new ObjectKey(namespace == null ? "" : namespace, object.getMetadata().getName());
  }

  @Override
  public int compareTo(ObjectKey other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /// For people only; never parsed.
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
