package dev.drydock.apiserver.discovery;

import dev.drydock.api.schema.TypeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The served types by group and version, and what other servers serve, in the order of discovery:
/// by priority.
final class GroupVersions {
  private final Map<String, Map<String, List<TypeInfo>>> groups = new LinkedHashMap<>();
  private final Map<String, RemoteVersion> remotes = new HashMap<>();

  /// @param others take precedence over types of the same group version
  GroupVersions(List<TypeInfo> types, List<RemoteVersion> others) {
    others.forEach(one -> remotes.put(name(one.group(), one.version()), one));
    Map<String, Map<String, List<TypeInfo>>> found = new HashMap<>();
    for (TypeInfo info : types) {
      List<TypeInfo> list =
          found
              .computeIfAbsent(info.type().group(), k -> new HashMap<>())
              .computeIfAbsent(info.type().version(), k -> new ArrayList<>());
      if (remote(info.type().group(), info.type().version()).isEmpty()) {
        list.add(info);
      }
    }
    for (RemoteVersion one : others) {
      found.computeIfAbsent(one.group(), k -> new HashMap<>()).put(one.version(), List.of());
    }
    found.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, Map<String, List<TypeInfo>>> group) -> -priority(group))
                .thenComparing(Map.Entry::getKey))
        .forEach(group -> groups.put(group.getKey(), sorted(group.getKey(), group.getValue())));
  }

  private int priority(Map.Entry<String, Map<String, List<TypeInfo>>> group) {
    return group.getValue().keySet().stream()
        .mapToInt(version -> priority(group.getKey(), version).group())
        .max()
        .orElse(0);
  }

  private Priority priority(String group, String version) {
    return remote(group, version)
        .map(RemoteVersion::priority)
        .orElseGet(() -> Priorities.of(group, version));
  }

  private Map<String, List<TypeInfo>> sorted(String group, Map<String, List<TypeInfo>> versions) {
    Map<String, List<TypeInfo>> sorted = new LinkedHashMap<>();
    versions.keySet().stream()
        .sorted(
            Comparator.comparingInt((String version) -> -priority(group, version).version())
                .thenComparing(KubeVersion.BEST_FIRST))
        .forEach(version -> sorted.put(version, versions.getOrDefault(version, List.of())));
    return sorted;
  }

  List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  /// The versions of a group, the preferred one first; none for a group that is not served.
  List<String> of(String group) {
    return List.copyOf(groups.getOrDefault(group, Map.of()).keySet());
  }

  /// What this server itself serves of a group version.
  List<TypeInfo> types(String group, String version) {
    return groups.getOrDefault(group, Map.of()).getOrDefault(version, List.of());
  }

  /// What another server serves under that name.
  Optional<RemoteVersion> remote(String group, String version) {
    return Optional.ofNullable(remotes.get(name(group, version)));
  }

  /// `api/v1`, `apis/apps/v1`.
  static String path(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  /// `v1`, `apps/v1`.
  static String name(String group, String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }
}
