package dev.drydock.api.schema;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Every type that a Kubernetes of the emulated version serves by default, in the order in which
/// discovery lists groups and, within a group, versions (the preferred one first).
public final class BuiltInTypes {

  private static final class Shared {
    static final BuiltInTypes INSTANCE = new BuiltInTypes(read());
  }

  private final List<TypeInfo> all;
  private final Map<String, TypeInfo> byResource = new HashMap<>();
  private final Map<GroupVersionKind, TypeInfo> byKind = new HashMap<>();

  private BuiltInTypes(List<TypeInfo> all) {
    this.all = List.copyOf(all);
    for (TypeInfo info : all) {
      byResource.put(key(info.type().apiVersion(), info.type().resource()), info);
      byKind.put(info.type().groupVersionKind(), info);
    }
  }

  /// The one list; read on first use.
  public static BuiltInTypes get() {
    return Shared.INSTANCE;
  }

  public List<TypeInfo> all() {
    return all;
  }

  /// @param apiVersion `v1` or `GROUP/VERSION`
  /// @param resource plural
  public Optional<TypeInfo> find(String apiVersion, String resource) {
    return Optional.ofNullable(byResource.get(key(apiVersion, resource)));
  }

  public Optional<TypeInfo> ofKind(GroupVersionKind kind) {
    return Optional.ofNullable(byKind.get(kind));
  }

  /// The type, for code that knows that it is served.
  ///
  /// @throws IllegalArgumentException if it is not
  public ResourceType type(String apiVersion, String resource) {
    return find(apiVersion, resource)
        .map(TypeInfo::type)
        .orElseThrow(
            () -> new IllegalArgumentException("no type " + resource + " in " + apiVersion));
  }

  private static String key(String apiVersion, String resource) {
    return apiVersion + "/" + resource;
  }

  private static List<TypeInfo> read() {
    var all = new ArrayList<TypeInfo>();
    for (JsonNode one : DefinitionFile.JSON.readTree(DefinitionFile.bytes("types.json"))) {
      var type =
          new ResourceType(
              text(one, "group"),
              text(one, "version"),
              text(one, "resource"),
              text(one, "kind"),
              one.path("namespaced").asBoolean() ? Scope.NAMESPACED : Scope.CLUSTER);
      var subresources = new ArrayList<TypeInfo.Subresource>();
      for (JsonNode sub : one.path("subresources")) {
        subresources.add(
            new TypeInfo.Subresource(
                text(sub, "name"),
                new GroupVersionKind(text(sub, "group"), text(sub, "version"), text(sub, "kind")),
                texts(sub, "verbs")));
      }
      all.add(
          new TypeInfo(
              type,
              text(one, "singular"),
              texts(one, "shortNames"),
              texts(one, "categories"),
              texts(one, "verbs"),
              text(one, "hash"),
              subresources));
    }
    return all;
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString();
  }

  private static List<String> texts(JsonNode node, String field) {
    var texts = new ArrayList<String>();
    node.path(field).forEach(text -> texts.add(text.asString()));
    return texts;
  }
}
