package dev.drydock.apiserver.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The path of API objects, taken apart; what it names need not exist.
///
/// @param group empty for the core group
/// @param namespace empty: none in the path
/// @param name empty: the collection
/// @param subresource empty: the object itself
record ResourcePath(
    String group,
    String version,
    String namespace,
    String resource,
    String name,
    String subresource,
    Extent extent) {
  private static final Set<String> OF_NAMESPACE = Set.of("status", "finalize");

  /// What else the path says.
  ///
  /// @param rest what follows the sub-resource (`proxy`), without the slash
  /// @param watching whether it is one of the deprecated `/watch/` paths
  record Extent(String rest, boolean watching) {}

  /// Empty for paths that are about no objects: `/api/v1`, `/version`.
  static Optional<ResourcePath> parse(String path) {
    int from = path.startsWith("/api/") ? 5 : path.startsWith("/apis/") ? 6 : 0;
    if (from == 0) {
      return Optional.empty();
    }
    List<String> parts = split(path, from);
    String group = from == 6 && !parts.isEmpty() ? parts.removeFirst() : "";
    if (parts.size() < 2) {
      return Optional.empty();
    }
    String version = parts.removeFirst();
    boolean watching = parts.getFirst().equals("watch") && parts.size() > 1;
    if (watching) {
      parts.removeFirst();
    }
    String namespace = "";
    if (parts.getFirst().equals("namespaces")
        && parts.size() > 2
        && !OF_NAMESPACE.contains(parts.get(2))) {
      namespace = parts.get(1);
      parts = parts.subList(2, parts.size());
    }
    String rest = parts.size() > 3 ? String.join("/", parts.subList(3, parts.size())) : "";
    return Optional.of(
        new ResourcePath(
            group,
            version,
            namespace,
            parts.getFirst(),
            parts.size() > 1 ? parts.get(1) : "",
            parts.size() > 2 ? parts.get(2) : "",
            new Extent(rest, watching)));
  }

  private static List<String> split(String path, int from) {
    List<String> parts = new ArrayList<>(6);
    int start = from;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      if (end > start) {
        parts.add(decode(path.substring(start, end)));
      }
      start = end + 1;
    }
    return parts;
  }

  private static String decode(String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return part;
    }
  }
}
