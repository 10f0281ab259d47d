package dev.drydock.apiserver.discovery;

import dev.drydock.api.schema.TypeInfo;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Discovery document by document: versions, groups, resources.
final class PlainDiscovery {
  private final GroupVersions versions;
  private final String serverAddress;

  PlainDiscovery(GroupVersions versions, String serverAddress) {
    this.versions = versions;
    this.serverAddress = serverAddress;
  }

  ObjectNode api() {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("kind", "APIVersions");
    versions.of("").forEach(node.putArray("versions")::add);
    node.putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", serverAddress);
    return node;
  }

  ObjectNode apis() {
    ObjectNode node = typed("APIGroupList");
    ArrayNode groups = node.putArray("groups");
    for (String group : versions.groups()) {
      if (!group.isEmpty()) {
        fill(groups.addObject(), group);
      }
    }
    return node;
  }

  ObjectNode group(String group) {
    ObjectNode node = typed("APIGroup");
    fill(node, group);
    return node;
  }

  private void fill(ObjectNode node, String group) {
    node.put("name", group);
    List<String> served = versions.of(group);
    ArrayNode list = node.putArray("versions");
    served.forEach(version -> fill(list.addObject(), group, version));
    fill(node.putObject("preferredVersion"), group, served.getFirst());
  }

  private static void fill(ObjectNode node, String group, String version) {
    node.put("groupVersion", GroupVersions.name(group, version)).put("version", version);
  }

  ObjectNode resources(String group, String version) {
    ObjectNode node = typed("APIResourceList");
    node.put("groupVersion", GroupVersions.name(group, version));
    ArrayNode resources = node.putArray("resources");
    for (TypeInfo info : versions.types(group, version)) {
      ObjectNode resource = resources.addObject();
      resource.put("name", info.type().resource());
      resource.put("singularName", info.singular());
      resource.put("namespaced", info.type().isNamespaced());
      resource.put("kind", info.type().kind());
      putTexts(resource, "verbs", info.verbs());
      putSome(resource, "shortNames", info.shortNames());
      putSome(resource, "categories", info.categories());
      if (!info.storageVersionHash().isEmpty()) {
        resource.put("storageVersionHash", info.storageVersionHash());
      }
      info.subresources().forEach(sub -> subresource(resources.addObject(), info, sub));
    }
    return node;
  }

  private static void subresource(
      ObjectNode node, TypeInfo parent, TypeInfo.Subresource subresource) {
    node.put("name", parent.type().resource() + "/" + subresource.name());
    node.put("singularName", "");
    node.put("namespaced", parent.type().isNamespaced());
    if (!subresource.kind().apiVersion().equals(parent.type().apiVersion())) {
      node.put("group", subresource.kind().group());
      node.put("version", subresource.kind().version());
    }
    node.put("kind", subresource.kind().kind());
    putTexts(node, "verbs", subresource.verbs());
  }

  private static ObjectNode typed(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
  }

  static void putTexts(ObjectNode node, String field, List<String> texts) {
    texts.forEach(node.putArray(field)::add);
  }

  static void putSome(ObjectNode node, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      putTexts(node, field, texts);
    }
  }
}
