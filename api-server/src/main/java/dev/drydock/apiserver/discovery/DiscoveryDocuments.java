package dev.drydock.apiserver.discovery;

import dev.drydock.api.codec.OpenApiMessage;
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
          for (String root : List.of("/", "/openapi/v3/")) {
            String path = root + GroupVersions.path(group, version);
            Document document = before.made.get(path);
            if (document != null) {
              made.put(path, document);
            }
          }
        }
      }
    }
    return this;
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
      case "/openapi/v2" -> Optional.of(whole(plainPath, accept));
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
      return Optional.of(json(path, accept, () -> openApi.v3(group, version)));
    }
    byte[] text = remote.get().openApi().v3();
    return text.length == 0
        ? Optional.empty()
        : Optional.of(json(path, accept, () -> TreeCodec.read(text)));
  }

  /// As the message that older kubectls want, or as JSON.
  private Document whole(String path, String accept) {
    return accept.contains("proto-openapi.spec.v2")
        ? made.computeIfAbsent(
            path + " message",
            _ -> Document.of(OpenApiMessage.of(openApi.v2()), OpenApiMessage.CONTENT_TYPE))
        : json(path, accept, openApi::v2);
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
      return made.computeIfAbsent(
          path + " aggregated",
          k ->
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

  private Document json(String key, String accept, Supplier<tools.jackson.databind.JsonNode> tree) {
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
    Document known = made.get(key);
    if (known == null) {
      known = Document.of(tree.get(), Document.JSON);
      made.put(key, known);
    }
    return known;
  }
}
