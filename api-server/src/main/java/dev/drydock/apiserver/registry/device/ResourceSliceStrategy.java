package dev.drydock.apiserver.registry.device;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// ResourceSlices: devices of one pool, of one driver, in one place.
public final class ResourceSliceStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.counting().selectableBy("spec.driver", "spec.nodeName");
  private static final int MOST_DEVICES = 128;
  private static final int MOST_ADVANCED = 64;
  private static final int MOST_COUNTER_SETS = 8;
  private static final String ONE_PLACE =
      "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode slice, Violations found) {
    Field spec = Field.root(slice).child("spec");
    checkPool(spec, found);
    checkContent(spec, found);
  }

  private static void checkPool(Field spec, Violations found) {
    DeviceNames.checkDriver(spec.child("driver"), found);
    Field pool = spec.child("pool");
    DeviceNames.checkPool(pool.child("name"), found);
    if (pool.child("resourceSliceCount").number(0) <= 0) {
      found.add(
          FieldError.invalid(
              pool.child("resourceSliceCount").path(),
              pool.child("resourceSliceCount").number(0),
              "must be greater than zero"));
    }
    if (pool.child("generation").number(0) < 0) {
      found.invalid(pool.child("generation"), "must be greater than or equal to zero");
    }
  }

  private static void checkContent(Field spec, Violations found) {
    checkPlace(spec, found);
    Field devices = spec.child("devices");
    Field counters = spec.child("sharedCounters");
    if (devices.isPresent() && counters.isPresent()) {
      found.add(
          FieldError.invalid(
              spec.path(), "", "only one of `sharedCounters` or `devices` is allowed"));
    }
    boolean each = spec.child("perDeviceNodeSelection").isTrue();
    boolean advanced =
        devices.items().stream()
            .anyMatch(
                device ->
                    !device.child("taints").isEmpty()
                        || !device.child("consumesCounters").isEmpty());
    if (found.atMost(devices, advanced ? MOST_ADVANCED : MOST_DEVICES)) {
      devices.items().forEach(device -> SliceDeviceRules.check(device, each, found));
      checkNames(devices, found);
    }
    if (found.atMost(counters, MOST_COUNTER_SETS)) {
      for (Field set : counters.items()) {
        SliceDeviceRules.checkCounters(set.child("name"), set.child("counters"), found);
      }
      checkNames(counters, found);
    }
  }

  private static void checkNames(Field list, Violations found) {
    var names = new HashSet<String>();
    for (Field element : list.items()) {
      String name = element.child("name").text();
      if (!names.add(name)) {
        found.add(FieldError.duplicate(element.path(), name));
      }
    }
  }

  private static void checkPlace(Field spec, Violations found) {
    List<String> places =
        SliceDeviceRules.places(spec, "must be either unset or set to a non-empty string", found);
    Field selector = spec.child("nodeSelector");
    if (selector.isPresent() && selector.child("nodeSelectorTerms").items().size() != 1) {
      found.invalidList(
          selector.child("nodeSelectorTerms"), "must have exactly one node selector term");
    }
    SliceDeviceRules.addTrue(spec.child("perDeviceNodeSelection"), places, found);
    if (places.isEmpty()) {
      found.required(spec, ONE_PLACE);
    } else if (places.size() > 1) {
      found.add(
          FieldError.invalid(
              spec.path(),
              "{" + String.join(", ", places) + "}",
              ONE_PLACE + ", but multiple fields are set"));
    }
  }

  @Override
  public void validateUpdate(ObjectNode slice, ObjectNode before, Violations found) {
    Field spec = Field.root(slice).child("spec");
    checkPool(spec, found);
    found.unchanged(spec.child("pool", "name"), Trees.at(before, "spec", "pool", "name"));
    for (String field : List.of("driver", "nodeName")) {
      found.unchanged(spec.child(field), Trees.at(before, "spec", field));
    }
    checkContent(spec, found);
  }
}
