package dev.drydock.client.rpc;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.client.resource.OtherVersion;
import dev.drydock.client.resource.OtherVersion.Freshness;
import dev.drydock.client.resource.OtherVersion.Served;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads aggregated discovery.
final class DiscoveryText {
  private DiscoveryText() {}

  /// @param document an `APIGroupDiscoveryList`
  static List<OtherVersion> versions(JsonNode document) {
    List<OtherVersion> versions = new ArrayList<>();
    for (JsonNode group : document.path("items")) {
      String name = group.path("metadata").path("name").asString("");
      for (JsonNode version : group.path("versions")) {
        versions.add(version(name, version));
      }
    }
    return versions;
  }

  private static OtherVersion version(String group, JsonNode version) {
    String name = version.path("version").asString("");
    List<Served> types = new ArrayList<>();
    for (JsonNode resource : version.path("resources")) {
      Set<String> verbs = new HashSet<>();
      resource.path("verbs").forEach(verb -> verbs.add(verb.asString("")));
      types.add(
          new Served(
              new ResourceType(
                  group,
                  name,
                  resource.path("resource").asString(""),
                  resource.path("responseKind").path("kind").asString(""),
                  resource.path("scope").asString("").equals("Namespaced")
                      ? Scope.NAMESPACED
                      : Scope.CLUSTER),
              verbs));
    }
    return new OtherVersion(
        group + "/" + name,
        version.path("freshness").asString("").equals("Stale")
            ? Freshness.STALE
            : Freshness.CURRENT,
        types);
  }
}
