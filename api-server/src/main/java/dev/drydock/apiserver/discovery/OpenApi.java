package dev.drydock.apiserver.discovery;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.EmulatedVersion;
import dev.drydock.api.schema.TypeInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI documents: one for everything (v2), one for each group version (v3) and their index.
final class OpenApi {
  private final GroupVersions versions;
  private final Definitions schemas;

  OpenApi(GroupVersions versions, Definitions schemas) {
    this.versions = versions;
    this.schemas = schemas;
  }

  /// The index of the v3 documents. A hash stands for what its document is made from, so that the
  /// index does not cost making them all.
  JsonNode index() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode paths = node.putObject("paths");
    for (String path : paths()) {
      paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash(path));
    }
    return node;
  }

  /// Where the document of a group version is found as it is now.
  String url(String group, String version) {
    String path = GroupVersions.path(group, version);
    return "/openapi/v3/" + path + "?hash=" + hash(path);
  }

  private List<String> paths() {
    return versions.groups().stream()
        .flatMap(
            group ->
                versions.of(group).stream()
                    .filter(version -> isDescribed(group, version))
                    .map(version -> GroupVersions.path(group, version)))
        .sorted()
        .toList();
  }

  private boolean isDescribed(String group, String version) {
    return versions
        .remote(group, version)
        .map(remote -> remote.openApi().v3().length > 0)
        .orElse(true);
  }

  /// Whether another says the same about a group version.
  boolean isSame(OpenApi other, String group, String version) {
    return source(group, version).equals(other.source(group, version));
  }

  private String source(String group, String version) {
    var source = new StringBuilder();
    versions.types(group, version).forEach(info -> source.append(info).append(schemas.mark(info)));
    return source.toString();
  }

  private String hash(String path) {
    var source = new StringBuilder(EmulatedVersion.GIT_VERSION).append(path);
    String[] parts = path.split("/", -1);
    String group = parts.length == 3 ? parts[1] : "";
    String version = parts[parts.length - 1];
    source.append(source(group, version));
    versions
        .remote(group, version)
        .ifPresent(remote -> source.append(Document.hash(remote.openApi().v3())));
    return Document.hash(source.toString().getBytes(StandardCharsets.UTF_8));
  }

  JsonNode v3(String group, String version) {
    ObjectNode document = head("openapi", "3.0.0");
    ObjectNode paths = document.putObject("paths");
    var definitions = new OpenApiDefinitions(schemas, versions, OpenApiDialect.V3);
    var operations = new OpenApiPaths(definitions, OpenApiDialect.V3);
    versions.types(group, version).forEach(info -> operations.add(paths, info));
    ObjectNode components = document.putObject("components");
    definitions.write(components.putObject("schemas"));
    security(components.putObject("securitySchemes"));
    return document;
  }

  JsonNode v2() {
    ObjectNode document = head("swagger", "2.0");
    ObjectNode paths = document.putObject("paths");
    var definitions = new OpenApiDefinitions(schemas, versions, OpenApiDialect.V2);
    var operations = new OpenApiPaths(definitions, OpenApiDialect.V2);
    for (String group : versions.groups()) {
      for (String version : versions.of(group)) {
        for (TypeInfo info : versions.types(group, version)) {
          operations.add(paths, info);
        }
      }
    }
    ObjectNode written = document.putObject("definitions");
    definitions.write(written);
    for (String group : versions.groups()) {
      for (String version : versions.of(group)) {
        versions.remote(group, version).ifPresent(remote -> merge(remote, paths, written));
      }
    }
    security(document.putObject("securityDefinitions"));
    return document;
  }

  /// Adds what another server serves; of definitions with one name the first counts.
  private static void merge(RemoteVersion remote, ObjectNode paths, ObjectNode definitions) {
    if (remote.openApi().v2().length == 0) {
      return;
    }
    ObjectNode given = TreeCodec.read(remote.openApi().v2());
    String prefix = "/" + GroupVersions.path(remote.group(), remote.version()) + "/";
    for (Map.Entry<String, JsonNode> path : given.path("paths").properties()) {
      if (path.getKey().startsWith(prefix)) {
        paths.set(path.getKey(), path.getValue());
      }
    }
    for (Map.Entry<String, JsonNode> definition : given.path("definitions").properties()) {
      if (!definitions.has(definition.getKey())) {
        definitions.set(definition.getKey(), definition.getValue());
      }
    }
  }

  private static ObjectNode head(String dialect, String number) {
    ObjectNode document = JsonNodeFactory.instance.objectNode().put(dialect, number);
    document
        .putObject("info")
        .put("title", "Kubernetes")
        .put("version", EmulatedVersion.GIT_VERSION);
    return document;
  }

  private static void security(ObjectNode schemes) {
    schemes
        .putObject("BearerToken")
        .put("type", "apiKey")
        .put("description", "Bearer Token authentication")
        .put("name", "authorization")
        .put("in", "header");
  }
}
