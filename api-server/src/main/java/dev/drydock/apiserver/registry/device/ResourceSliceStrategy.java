package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// ResourceSlices.
public final class ResourceSliceStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.counting().selectableBy("spec.driver", "spec.nodeName");
  private static final List<String> PLACES =
      List.of("nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection");
  private static final int MOST_DEVICES = 128;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode slice, Violations found) {
    Field spec = Field.root(slice).child("spec");
    if (found.present(spec.child("driver"), "")) {
      found.conforms(spec.child("driver"), Names::subdomain);
    }
    Field pool = spec.child("pool");
    found.present(pool.child("name"), "");
    if (pool.child("resourceSliceCount").number(0) <= 0) {
      found.invalid(pool.child("resourceSliceCount"), "must be greater than zero");
    }
    found.notNegative(pool.child("generation"));
    checkPlace(spec, found);
    found.atMost(spec.child("devices"), MOST_DEVICES);
    var names = new HashSet<String>();
    for (Field device : spec.child("devices").items()) {
      Field name = device.child("name");
      if (found.present(name, "")) {
        found.conforms(name, Names::label);
        if (!names.add(name.text())) {
          found.duplicate(name);
        }
      }
    }
  }

  private static void checkPlace(Field spec, Violations found) {
    long places =
        PLACES.stream()
            .filter(place -> !spec.child(place).isEmpty() && !isFalse(spec.child(place)))
            .count();
    String words =
        "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is"
            + " required";
    if (places == 0) {
      found.required(spec, words);
    } else if (places > 1) {
      found.invalid(spec, words);
    }
    if (!spec.child("nodeName").isEmpty()) {
      found.conforms(spec.child("nodeName"), Names::subdomain);
    }
  }

  private static boolean isFalse(Field place) {
    return place.value().isBoolean() && !place.isTrue();
  }

  @Override
  public void validateUpdate(ObjectNode slice, ObjectNode before, Violations found) {
    validateCreate(slice, found);
    Field spec = Field.root(slice).child("spec");
    for (String field : List.of("driver", "nodeName")) {
      found.unchanged(spec.child(field), Trees.at(before, "spec", field));
    }
    found.unchanged(spec.child("pool", "name"), Trees.at(before, "spec", "pool", "name"));
  }
}
