package dev.drydock.apiserver.discovery;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// Finds the document of a path. Each is made when it is first asked for and then kept. Safe for
/// all threads; where the served types change, make a new one.
public final class DiscoveryDocuments {
  private final GroupVersions versions;
  private final PlainDiscovery plain;
  private final OpenApi openApi;
  private final Map<String, Document> made = new ConcurrentHashMap<>();

  /// @param types in the order of discovery
  /// @param definitions of all kinds
  /// @param serverAddress `HOST:PORT` of the REST port, for `/api`
  public DiscoveryDocuments(List<TypeInfo> types, Definitions definitions, String serverAddress) {
    this(types, definitions, List.of(), serverAddress);
  }

  /// @param types of this server itself
  /// @param definitions of their kinds
  /// @param remotes what other servers serve
  /// @param serverAddress `HOST:PORT` of the REST port, for `/api`
  public DiscoveryDocuments(
      List<TypeInfo> types,
      Definitions definitions,
      List<RemoteVersion> remotes,
      String serverAddress) {
    this.versions = new GroupVersions(types, remotes);
    this.plain = new PlainDiscovery(versions, serverAddress);
    this.openApi = new OpenApi(versions, definitions);
  }

  /// Takes over what a document before says about groups that are the same now.
  public DiscoveryDocuments after(DiscoveryDocuments before) {
    for (String group : versions.groups()) {
      for (String version : versions.of(group)) {
        if (before.versions.of(group).equals(versions.of(group))
            && versions.remote(group, version).isEmpty()
            && before.versions.remote(group, version).isEmpty()
            && before.openApi.isSame(openApi, group, version)) {
          String path = "/" + GroupVersions.path(group, version);
          takeOver(before, path);
          takeOver(before, "/openapi/v3" + path);
          takeOver(before, OpenApiMessage.key("/openapi/v3" + path));
        }
      }
    }
    return this;
  }

  private void takeOver(DiscoveryDocuments before, String key) {
    Document document = before.made.get(key);
    if (document != null) {
      made.put(key, document);
    }
  }

  /// The fixed paths, for the index at `/`.
  public List<String> paths() {
    var paths = new ArrayList<>(List.of("/api", "/apis", "/openapi/v2", "/openapi/v3", "/version"));
    for (String group : versions.groups()) {
      if (!group.isEmpty()) {
        paths.add("/apis/" + group);
      }
      versions.of(group).forEach(version -> paths.add("/" + GroupVersions.path(group, version)));
    }
    return List.copyOf(paths);
  }

  /// @param path without query
  /// @param accept the `Accept` header; empty: anything
  /// @return empty when the path is none of ours
  /// @throws ApiException `NotAcceptable` when the client takes no form that there is
  public Optional<Document> find(String path, String accept) {
    String plainPath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return switch (plainPath) {
      case "/api", "/apis" -> Optional.of(root(plainPath, accept));
      case "/version" -> Optional.of(json(plainPath, accept, VersionDocument::tree));
      case "/openapi/v2" -> Optional.of(openApi(plainPath, accept, OpenApiMessage.V2, openApi::v2));
      case "/openapi/v3" -> Optional.of(json(plainPath, accept, openApi::index));
      default -> {
        String[] parts = plainPath.split("/", -1);
        boolean open = plainPath.startsWith("/openapi/v3/");
        yield open
            ? group(parts, 3).flatMap(at -> openApi(plainPath, accept, at[0], at[1]))
            : discovery(parts, plainPath, accept);
      }
    };
  }

  /// Where the OpenAPI v3 document of a path is found as it is now; empty when there is none.
  ///
  /// @param path without query
  public Optional<String> openApiUrl(String path) {
    return group(path.split("/", -1), 3).map(at -> openApi.url(at[0], at[1]));
  }

  private Optional<Document> openApi(String path, String accept, String group, String version) {
    Optional<RemoteVersion> remote = versions.remote(group, version);
    if (remote.isEmpty()) {
      return Optional.of(
          openApi(path, accept, OpenApiMessage.V3, () -> openApi.v3(group, version)));
    }
    byte[] text = remote.get().openApi().v3();
    return text.length == 0
        ? Optional.empty()
        : Optional.of(openApi(path, accept, OpenApiMessage.V3, () -> TreeCodec.read(text)));
  }

  /// As a message or as JSON, whichever the client likes better.
  private Document openApi(
      String path, String accept, OpenApiMessage message, Supplier<JsonNode> tree) {
    return message.isWanted(accept)
        ? made(OpenApiMessage.key(path), () -> message.document(tree.get()))
        : made(path, () -> Document.of(tree.get(), Document.JSON));
  }

  private Optional<Document> discovery(String[] parts, String path, String accept) {
    if (parts.length == 3 && parts[1].equals("apis") && versions.groups().contains(parts[2])) {
      return Optional.of(json(path, accept, () -> plain.group(parts[2])));
    }
    return group(parts, 1).map(at -> json(path, accept, () -> plain.resources(at[0], at[1])));
  }

  private Document root(String path, String accept) {
    boolean core = path.equals("/api");
    if (Aggregated.isWanted(accept)) {
      return made(
          path + " aggregated",
          () ->
              Document.of(
                  core ? Aggregated.core(versions) : Aggregated.groups(versions),
                  Aggregated.CONTENT_TYPE));
    }
    return json(path, accept, core ? plain::api : plain::apis);
  }

  /// Group and version in `…/api/VERSION` or `…/apis/GROUP/VERSION`, if they are served.
  private Optional<String[]> group(String[] parts, int from) {
    String[] found =
        parts.length == from + 2 && parts[from].equals("api")
            ? new String[] {"", parts[from + 1]}
            : parts.length == from + 3 && parts[from].equals("apis")
                ? new String[] {parts[from + 1], parts[from + 2]}
                : new String[] {"", ""};
    return versions.of(found[0]).contains(found[1]) ? Optional.of(found) : Optional.empty();
  }

  private Document json(String key, String accept, Supplier<JsonNode> tree) {
    boolean acceptable =
        accept.isEmpty()
            || accept.contains(Document.JSON)
            || accept.contains("*/*")
            || accept.contains("application/*")
            || accept.contains("yaml");
    if (!acceptable) {
      throw ApiException.of(
          StatusReason.NOT_ACCEPTABLE,
          "only the following media types are accepted: application/json");
    }
    return made(key, () -> Document.of(tree.get(), Document.JSON));
  }

  private Document made(String key, Supplier<Document> maker) {
    Document known = made.get(key);
    if (known == null) {
      known = maker.get();
      made.put(key, known);
    }
    return known;
  }
}
