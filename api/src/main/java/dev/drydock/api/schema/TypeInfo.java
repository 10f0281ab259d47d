package dev.drydock.api.schema;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import java.util.List;
import java.util.Optional;

/// A served type as discovery describes it.
///
/// @param singular lower case
/// @param categories such as `all`
/// @param verbs in alphabetical order, as discovery has them
/// @param storageVersionHash empty for types that are not stored
public record TypeInfo(
    ResourceType type,
    String singular,
    List<String> shortNames,
    List<String> categories,
    List<String> verbs,
    String storageVersionHash,
    List<Subresource> subresources) {

  /// A sub-resource of a type.
  ///
  /// @param name `status`, `scale`, …
  /// @param kind of what is read from it or written to it
  public record Subresource(String name, GroupVersionKind kind, List<String> verbs) {
    public Subresource {
      verbs = List.copyOf(verbs);
    }
  }

  public TypeInfo {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    verbs = List.copyOf(verbs);
    subresources = List.copyOf(subresources);
  }

  public Optional<Subresource> subresource(String name) {
    return subresources.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  public boolean allows(String verb) {
    return verbs.contains(verb);
  }

  /// Whether objects of the type are kept; reviews and bindings are only answered.
  public boolean isStored() {
    return allows("get");
  }
}
