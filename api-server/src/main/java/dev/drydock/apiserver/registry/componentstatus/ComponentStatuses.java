package dev.drydock.apiserver.registry.componentstatus;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.registry.componentstatus.ComponentProbe.ComponentHealth;
import dev.drydock.apiserver.registry.strategy.TreeObject;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The components as objects.
public final class ComponentStatuses {
  private final ComponentProbe probe;

  public ComponentStatuses(ComponentProbe probe) {
    this.probe = probe;
  }

  public List<StoredObject> list() {
    return probe.probe().stream().map(ComponentStatuses::object).toList();
  }

  public Optional<StoredObject> find(String name) {
    return list().stream().filter(status -> status.name().equals(name)).findFirst();
  }

  private static StoredObject object(ComponentHealth health) {
    ObjectNode tree = Trees.object();
    tree.put("apiVersion", "v1").put("kind", "ComponentStatus");
    tree.putObject("metadata").put("name", health.name());
    ObjectNode condition = tree.putArray("conditions").addObject();
    condition.put("type", "Healthy").put("status", health.condition().text());
    if (!health.message().isEmpty()) {
      condition.put("message", health.message());
    }
    if (!health.error().isEmpty()) {
      condition.put("error", health.error());
    }
    return new TreeObject(tree, Revision.NONE);
  }
}
