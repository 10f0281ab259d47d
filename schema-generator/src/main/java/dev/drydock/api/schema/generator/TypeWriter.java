package dev.drydock.api.schema.generator;

import dev.drydock.api.schema.generator.DefinitionNames.Definition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes the served types with their sub-resources, as JSON, in the order of discovery.
final class TypeWriter {

  /// A resource or sub-resource while it is gathered from its operations.
  private static final class Gathered {
    final TreeSet<String> verbs = new TreeSet<>();
    String model = "";
    boolean namespaced;
  }

  private final DefinitionNames names;
  private final TypeTable table;

  TypeWriter(DefinitionNames names, TypeTable table) {
    this.names = names;
    this.table = table;
  }

  String types(ModelJar jar) throws IOException {
    Map<String, Map<String, Gathered>> versions = new HashMap<>();
    for (String api : jar.apis()) {
      for (Operation operation : Operation.of(jar, api)) {
        gather(versions, operation);
      }
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (String version : table.versions()) {
      Map<String, Gathered> resources = versions.remove(version);
      if (resources == null) {
        throw new IllegalStateException("tables/types.txt: the client has no " + version);
      }
      resources.forEach(
          (resource, gathered) -> {
            if (!resource.contains("/")) {
              all.add(type(resource, gathered, resources));
            }
          });
    }
    if (!versions.isEmpty()) {
      throw new IllegalStateException("tables/types.txt lacks " + versions.keySet());
    }
    return JsonMapper.builder().build().writeValueAsString(all);
  }

  private static void gather(Map<String, Map<String, Gathered>> versions, Operation operation) {
    String[] path = operation.path().substring(1).split("/", -1);
    boolean core = path[0].equals("api");
    int next = core ? 2 : 3;
    String version = core ? path[1] : path[1] + "/" + path[2];
    if (path.length <= next || path[next].isEmpty()) {
      return;
    }
    boolean namespaced =
        path[next].equals("namespaces")
            && path.length > next + 2
            && path[next + 1].equals("{namespace}");
    int resource = namespaced ? next + 2 : next;
    boolean item = path.length > resource + 1;
    if (path.length > resource + 3) {
      return; // a proxy's path behind its sub-resource
    }
    String name =
        path.length > resource + 2 ? path[resource] + "/" + path[resource + 2] : path[resource];
    Gathered gathered =
        versions
            .computeIfAbsent(version, k -> new TreeMap<>())
            .computeIfAbsent(name, k -> new Gathered());
    gathered.namespaced |= namespaced;
    switch (operation.method()) {
      case "POST" -> gathered.verbs.add("create");
      case "PUT" -> gathered.verbs.add("update");
      case "PATCH" -> gathered.verbs.add("patch");
      case "DELETE" -> gathered.verbs.add(item ? "delete" : "deletecollection");
      default -> gathered.verbs.addAll(item ? List.of("get") : List.of("list", "watch"));
    }
    String model = operation.method().equals("DELETE") ? "" : operation.body();
    if (model.isEmpty() && item && operation.method().equals("GET")) {
      model = operation.result();
    }
    if (gathered.model.isEmpty() && model.matches("[A-Z]\\w*V[12]\\w+|V[12]\\w+")) {
      gathered.model = model;
    }
  }

  private ObjectNode type(String resource, Gathered gathered, Map<String, Gathered> resources) {
    Definition definition = names.require(gathered.model);
    String key = definition.group().isEmpty() ? resource : resource + "." + definition.group();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("group", definition.group());
    node.put("version", definition.version());
    node.put("resource", resource);
    node.put("kind", definition.kind());
    node.put("singular", definition.kind().toLowerCase(Locale.ROOT));
    node.put("namespaced", gathered.namespaced);
    putAll(node, "shortNames", table.names().getOrDefault(key, List.of()));
    putAll(node, "categories", table.categories().getOrDefault(key, List.of()));
    putAll(node, "verbs", table.verbs().getOrDefault(resource, List.copyOf(gathered.verbs)));
    node.put("hash", gathered.verbs.contains("list") ? hash(definition, key) : "");
    ArrayNode subresources = node.putArray("subresources");
    resources.forEach(
        (name, found) -> {
          if (name.startsWith(resource + "/")) {
            subresources.add(subresource(definition, name, found));
          }
        });
    return node;
  }

  private ObjectNode subresource(Definition parent, String path, Gathered gathered) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", path.substring(path.indexOf('/') + 1));
    String kind = table.kinds().get(path);
    Definition definition = gathered.model.isEmpty() ? parent : names.require(gathered.model);
    node.put("group", definition.group());
    node.put("version", definition.version());
    node.put("kind", kind == null ? definition.kind() : kind);
    putAll(node, "verbs", table.verbs().getOrDefault(path, List.copyOf(gathered.verbs)));
    return node;
  }

  private static void putAll(ObjectNode node, String name, Collection<String> texts) {
    ArrayNode array = node.putArray(name);
    texts.forEach(array::add);
  }

  /// What discovery calls the hash of the storage version.
  private String hash(Definition definition, String key) {
    String stored = table.storageVersions().getOrDefault(key, definition.version());
    int slash = stored.indexOf('/');
    String group = slash < 0 ? definition.group() : stored.substring(0, slash);
    group = group.equals("core") ? "" : group;
    String text = group + "/" + stored.substring(slash + 1) + "/" + definition.kind();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(digest, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
