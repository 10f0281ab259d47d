package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import dev.drydock.apiserver.patch.ObjectVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The versions of a built-in kind: the one that is stored, and those that are made of it.
final class KindVersions implements ObjectVersions {
  private final Map<String, Way> ways = new HashMap<>();

  private record Way(ResourceType type, Conversion conversion) {}

  /// @param others the types that are made of the stored one
  KindVersions(ResourceType stored, Map<ResourceType, Conversion> others) {
    ways.put(stored.apiVersion(), new Way(stored, Conversion.NONE));
    others.forEach((type, conversion) -> ways.put(type.apiVersion(), new Way(type, conversion)));
  }

  @Override
  public Optional<Schema> schema(String apiVersion) {
    return Optional.ofNullable(ways.get(apiVersion))
        .map(way -> new BuiltInBodies(way.type().groupVersionKind()).schema());
  }

  @Override
  public ObjectNode convert(ObjectNode object, String from, String to) {
    if (from.equals(to)) {
      return object;
    }
    ObjectNode stored = way(from).conversion().toStored().apply(object.deepCopy());
    ObjectNode wanted = way(to).conversion().toServed().apply(stored);
    wanted.put("apiVersion", to);
    wanted.put("kind", way(to).type().kind());
    return wanted;
  }

  private Way way(String apiVersion) {
    Way way = ways.get(apiVersion);
    if (way == null) {
      throw new IllegalStateException("no version " + apiVersion);
    }
    return way;
  }
}
