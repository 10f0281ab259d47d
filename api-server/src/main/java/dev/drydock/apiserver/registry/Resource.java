package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One stored resource: how it is kept, and what is special about it.
///
/// @param type the version it is stored in
/// @param prefix where its objects are kept
/// @param subresources by name
/// @param bodies what the schema says
/// @param deprecation what to tell who still uses it; empty: nothing
public record Resource(
    ResourceType type,
    StorePrefix prefix,
    ResourceStrategy strategy,
    Map<String, Subresource> subresources,
    BodyRules bodies,
    String deprecation) {

  public Resource {
    subresources = Map.copyOf(subresources);
  }

  public boolean hasStatus() {
    return subresources.containsKey("status");
  }

  StoreKey key(String namespace, String name) {
    return prefix.key(type.isNamespaced() ? namespace + "/" + name : name);
  }

  /// Below which the objects of a namespace are kept; all for the empty one.
  StorePrefix below(String namespace) {
    return namespace.isEmpty() ? prefix : new StorePrefix(prefix.path() + namespace + "/");
  }

  /// How every stored value begins: up to and including the brace of the metadata.
  Bytes head() {
    return Bytes.utf8(
        "{\"apiVersion\":\""
            + type.apiVersion()
            + "\",\"kind\":\""
            + type.kind()
            + "\",\"metadata\":{");
  }

  /// Every field that a field selector may name.
  List<String> selectableFields() {
    var fields = new ArrayList<String>();
    fields.add("metadata.name");
    if (type.isNamespaced()) {
      fields.add("metadata.namespace");
    }
    fields.addAll(strategy.traits().selectableFields().keySet());
    return fields;
  }
}
