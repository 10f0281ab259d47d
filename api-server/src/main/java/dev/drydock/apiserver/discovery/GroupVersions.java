package dev.drydock.apiserver.discovery;

import dev.drydock.api.schema.TypeInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The served types by group and version, in the order of discovery.
final class GroupVersions {
  private final Map<String, Map<String, List<TypeInfo>>> groups = new LinkedHashMap<>();

  GroupVersions(List<TypeInfo> types) {
    for (TypeInfo info : types) {
      groups
          .computeIfAbsent(info.type().group(), k -> new LinkedHashMap<>())
          .computeIfAbsent(info.type().version(), k -> new ArrayList<>())
          .add(info);
    }
  }

  List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  /// The versions of a group, the preferred one first; none for a group that is not served.
  List<String> of(String group) {
    return List.copyOf(groups.getOrDefault(group, Map.of()).keySet());
  }

  List<TypeInfo> types(String group, String version) {
    return groups.getOrDefault(group, Map.of()).getOrDefault(version, List.of());
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
