package dev.drydock.apiserver.aggregation;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.apiserver.discovery.RemoteVersion.OpenApiTexts;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the documents of another server.
record RemoteDocuments(RemoteServers remotes) {
  private static final String JSON = "application/json";
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
  private static final int OK = 200;

  /// Its resources as aggregated discovery lists them, also of a server that knows only the older
  /// form.
  List<ObjectNode> resources(ApiServiceEntry entry) throws IOException {
    RemoteServers.Reply all = remotes.get(entry, "/apis", AGGREGATED);
    if (all.code() == OK && all.headers().getOrDefault("content-type", "").contains("as=API")) {
      return aggregated(TreeCodec.read(all.body()), entry);
    }
    RemoteServers.Reply plain = remotes.get(entry, entry.path(), JSON);
    if (plain.code() != OK) {
      throw new IOException("bad status from " + entry.path() + ": " + plain.code());
    }
    return converted(TreeCodec.read(plain.body()), entry);
  }

  private static List<ObjectNode> aggregated(ObjectNode list, ApiServiceEntry entry) {
    for (ObjectNode group : Trees.objects(list, "items")) {
      if (Trees.text(group, "metadata", "name").equals(entry.group())) {
        for (ObjectNode version : Trees.objects(group, "versions")) {
          if (Trees.text(version, "version").equals(entry.version())) {
            return Trees.objects(version, "resources");
          }
        }
      }
    }
    return List.of();
  }

  private static List<ObjectNode> converted(ObjectNode list, ApiServiceEntry entry) {
    Map<String, ObjectNode> resources = new LinkedHashMap<>();
    for (ObjectNode one : Trees.objects(list, "resources")) {
      String[] name = Trees.text(one, "name").split("/", 2);
      if (name.length == 1) {
        ObjectNode resource = resource(one, name[0], entry);
        resources.put(name[0], resource);
        continue;
      }
      ObjectNode parent = resources.get(name[0]);
      if (parent != null) {
        ObjectNode part = Trees.list(parent, "subresources").addObject();
        part.put("subresource", name[1]);
        kind(part, one, entry);
        part.set("verbs", one.path("verbs"));
      }
    }
    return new ArrayList<>(resources.values());
  }

  private static ObjectNode resource(ObjectNode plain, String name, ApiServiceEntry entry) {
    ObjectNode resource = Trees.object().put("resource", name);
    kind(resource, plain, entry);
    resource.put("scope", Trees.isTrue(plain, "namespaced") ? "Namespaced" : "Cluster");
    resource.put("singularResource", Trees.text(plain, "singularName"));
    for (String field : List.of("verbs", "shortNames", "categories")) {
      if (plain.path(field) instanceof ArrayNode texts) {
        resource.set(field, texts);
      }
    }
    return resource;
  }

  private static void kind(ObjectNode target, ObjectNode plain, ApiServiceEntry entry) {
    String group = Trees.text(plain, "group");
    String version = Trees.text(plain, "version");
    target
        .putObject("responseKind")
        .put("group", group.isEmpty() && version.isEmpty() ? entry.group() : group)
        .put("version", version.isEmpty() ? entry.version() : version)
        .put("kind", Trees.text(plain, "kind"));
  }

  /// Its OpenAPI documents; a server need not have any.
  OpenApiTexts openApi(ApiServiceEntry entry) throws IOException {
    return new OpenApiTexts(v3(entry), text(entry, "/openapi/v2"));
  }

  private byte[] v3(ApiServiceEntry entry) throws IOException {
    byte[] index = text(entry, "/openapi/v3");
    if (index.length == 0) {
      return index;
    }
    JsonNode document = TreeCodec.read(index).path("paths").path(entry.path().substring(1));
    String url = Trees.text(document, "serverRelativeURL");
    return url.isEmpty() ? new byte[0] : text(entry, url);
  }

  private byte[] text(ApiServiceEntry entry, String path) throws IOException {
    RemoteServers.Reply reply = remotes.get(entry, path, JSON);
    boolean good =
        reply.code() == OK && reply.headers().getOrDefault("content-type", "").contains("json");
    return good ? reply.body() : new byte[0];
  }
}
