package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// DeviceClasses.
public final class DeviceClassStrategy implements ResourceStrategy {
  private static final int MOST_CONFIGURATIONS = 32;
  private static final Traits TRAITS = Traits.USUAL.counting();

  private final DeviceRules rules;

  public DeviceClassStrategy(CelEnvironment cel) {
    this.rules = new DeviceRules(cel);
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode deviceClass, Violations found) {
    Field spec = Field.root(deviceClass).child("spec");
    rules.checkSelectors(spec.child("selectors"), found);
    if (found.atMost(spec.child("config"), MOST_CONFIGURATIONS)) {
      for (Field config : spec.child("config").items()) {
        DeviceRules.checkOpaque(config.child("opaque"), found);
      }
    }
    Field resource = spec.child("extendedResourceName");
    if (resource.isPresent() && !isExtended(resource.text())) {
      found.invalid(resource, "must be a valid extended resource name");
    }
  }

  /// Whether pods can ask for such a resource, and Kubernetes has none of that name.
  private static boolean isExtended(String name) {
    return name.indexOf('/') >= 0
        && !name.substring(0, name.indexOf('/')).endsWith("kubernetes.io")
        && !name.startsWith("requests.")
        && Names.qualified("requests." + name).isEmpty();
  }
}
