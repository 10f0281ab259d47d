package dev.drydock.apiserver.aggregation;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.apiserver.discovery.RemoteVersion;
import dev.drydock.apiserver.request.ServedTypes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The types of this server and those that other servers told of.
public final class RemoteTypes implements ServedTypes {
  private final ServedTypes here;
  private final Supplier<List<RemoteVersion>> elsewhere;

  public RemoteTypes(ServedTypes here, Supplier<List<RemoteVersion>> elsewhere) {
    this.here = here;
    this.elsewhere = elsewhere;
  }

  @Override
  public Optional<ResourceType> find(String group, String version, String resource) {
    for (RemoteVersion remote : elsewhere.get()) {
      if (remote.group().equals(group) && remote.version().equals(version)) {
        return remote.resources().stream()
            .filter(each -> each.path("resource").asString("").equals(resource))
            .findFirst()
            .map(each -> type(remote, each));
      }
    }
    return here.find(group, version, resource);
  }

  private static ResourceType type(RemoteVersion remote, JsonNode resource) {
    return new ResourceType(
        remote.group(),
        remote.version(),
        resource.path("resource").asString(""),
        resource.path("responseKind").path("kind").asString(""),
        resource.path("scope").asString("").equals("Namespaced")
            ? Scope.NAMESPACED
            : Scope.CLUSTER);
  }

  /// What other servers serve, as aggregated discovery tells it.
  public ObjectNode document() {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", "APIGroupDiscoveryList").put("apiVersion", "apidiscovery.k8s.io/v2");
    ArrayNode items = list.putArray("items");
    for (RemoteVersion remote : elsewhere.get()) {
      ObjectNode group = items.addObject();
      group.putObject("metadata").put("name", remote.group());
      ObjectNode version = group.putArray("versions").addObject();
      version.put("version", remote.version());
      boolean current = remote.freshness() == RemoteVersion.Freshness.CURRENT;
      version.put("freshness", current ? "Current" : "Stale");
      remote.resources().forEach(version.putArray("resources")::add);
    }
    return list;
  }
}
