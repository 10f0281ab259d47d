package dev.drydock.apiserver.discovery;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.TypeInfo;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Discovery of everything in one document.
final class Aggregated {
  static final String CONTENT_TYPE =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private Aggregated() {}

  /// Whether an `Accept` header takes this form.
  static boolean isWanted(String accept) {
    return AcceptClause.all(accept).stream()
        .anyMatch(
            clause ->
                clause.mediaType().equals(Document.JSON)
                    && clause.parameter("g").equals("apidiscovery.k8s.io")
                    && clause.parameter("as").equals("APIGroupDiscoveryList")
                    && clause.parameter("v").equals("v2"));
  }

  static ObjectNode core(GroupVersions versions) {
    return list(versions, List.of(""));
  }

  static ObjectNode groups(GroupVersions versions) {
    return list(versions, versions.groups().stream().filter(name -> !name.isEmpty()).toList());
  }

  private static ObjectNode list(GroupVersions versions, List<String> groups) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
    node.putObject("metadata");
    ArrayNode items = node.putArray("items");
    for (String group : groups) {
      ObjectNode item = items.addObject();
      ObjectNode metadata = item.putObject("metadata");
      if (!group.isEmpty()) {
        metadata.put("name", group);
      }
      metadata.putNull("creationTimestamp");
      ArrayNode list = item.putArray("versions");
      for (String version : versions.of(group)) {
        ObjectNode one = list.addObject().put("version", version);
        ArrayNode resources = one.putArray("resources");
        versions.types(group, version).forEach(info -> fill(resources.addObject(), info));
        Optional<RemoteVersion> remote = versions.remote(group, version);
        remote.ifPresent(other -> other.resources().forEach(resources::add));
        one.put(
            "freshness",
            remote.map(RemoteVersion::freshness).orElse(RemoteVersion.Freshness.CURRENT).text());
      }
    }
    return node;
  }

  private static void fill(ObjectNode node, TypeInfo info) {
    node.put("resource", info.type().resource());
    put(node, info.type().groupVersionKind());
    node.put("scope", info.type().isNamespaced() ? "Namespaced" : "Cluster");
    node.put("singularResource", info.singular());
    PlainDiscovery.putTexts(node, "verbs", info.verbs());
    PlainDiscovery.putSome(node, "shortNames", info.shortNames());
    PlainDiscovery.putSome(node, "categories", info.categories());
    if (!info.subresources().isEmpty()) {
      ArrayNode list = node.putArray("subresources");
      for (TypeInfo.Subresource subresource : info.subresources()) {
        ObjectNode one = list.addObject().put("subresource", subresource.name());
        put(one, subresource.kind());
        PlainDiscovery.putTexts(one, "verbs", subresource.verbs());
      }
    }
  }

  private static void put(ObjectNode node, GroupVersionKind kind) {
    node.putObject("responseKind")
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
  }
}
