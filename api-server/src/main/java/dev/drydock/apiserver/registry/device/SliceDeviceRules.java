package dev.drydock.apiserver.registry.device;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.AffinityRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One device of a slice.
///
/// Source: limits and messages of `pkg/apis/resource/validation`.
final class SliceDeviceRules {
  private static final int MOST_PROPERTIES = 32;
  private static final int MOST_TAINTS = 16;
  private static final int MOST_CONSUMPTIONS = 2;
  private static final int MOST_COUNTERS = 32;
  private static final int MOST_CONDITIONS = 4;
  private static final int LONGEST_VALUE = 64;
  private static final List<String> PLACES = List.of("nodeName", "nodeSelector", "allNodes");
  private static final List<String> VALUES = List.of("bool", "int", "string", "version");
  private static final String NUMBER = "(0|[1-9]\\d*)";
  private static final String PRE_RELEASE = "(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
  private static final String BUILD = "[0-9a-zA-Z-]+";
  private static final String SEMANTIC_VERSION =
      NUMBER
          + "(\\."
          + NUMBER
          + "){2}(-"
          + PRE_RELEASE
          + "(\\."
          + PRE_RELEASE
          + ")*)?(\\+"
          + BUILD
          + "(\\."
          + BUILD
          + ")*)?";

  private SliceDeviceRules() {}

  /// @param each whether each device of the slice says where it is
  static void check(Field device, boolean each, Violations found) {
    found.conforms(device.child("name"), Names::label);
    Field attributes = device.child("attributes");
    Field capacity = device.child("capacity");
    int properties = attributes.entries().size() + capacity.entries().size();
    if (properties > MOST_PROPERTIES) {
      found.add(
          FieldError.invalid(
              device.path(),
              properties,
              "the total number of attributes and capacities must not exceed " + MOST_PROPERTIES));
    }
    for (Field.Entry entry : attributes.entries()) {
      DeviceNames.checkQualified(DeviceNames.keyPath(attributes, entry.key()), entry.key(), found);
      checkAttribute(entry.value(), found);
    }
    for (Field.Entry entry : capacity.entries()) {
      DeviceNames.checkQualified(DeviceNames.keyPath(capacity, entry.key()), entry.key(), found);
      CapacityRules.check(entry.value(), device.child("allowMultipleAllocations").isTrue(), found);
    }
    if (found.atMost(device.child("taints"), MOST_TAINTS)) {
      device.child("taints").items().forEach(taint -> checkTaint(taint, found));
    }
    checkConsumptions(device.child("consumesCounters"), found);
    checkPlace(device, each, found);
    checkConditions(device, found);
  }

  private static void checkAttribute(Field attribute, Violations found) {
    Field text = attribute.child("string");
    if (text.text().length() > LONGEST_VALUE) {
      found.tooLong(text, LONGEST_VALUE);
    }
    Field version = attribute.child("version");
    if (version.isPresent()) {
      if (!version.text().matches(SEMANTIC_VERSION)) {
        found.invalid(version, "must be a string compatible with semver.org spec 2.0.0");
      }
      if (version.text().length() > LONGEST_VALUE) {
        found.tooLong(version, LONGEST_VALUE);
      }
    }
    long values = VALUES.stream().filter(value -> attribute.child(value).isPresent()).count();
    if (values == 0) {
      found.add(FieldError.invalid(attribute.path(), "", "exactly one value must be specified"));
    } else if (values > 1) {
      found.invalid(attribute, "exactly one value must be specified");
    }
  }

  private static void checkTaint(Field taint, Violations found) {
    found.conforms(taint.child("key"), Names::qualified);
    found.conforms(taint.child("value"), Names::labelValue);
    found.requiredOneOf(taint.child("effect"), DeviceRules.EFFECTS);
  }

  private static void checkConsumptions(Field consumptions, Violations found) {
    if (!found.atMost(consumptions, MOST_CONSUMPTIONS)) {
      return;
    }
    Set<String> sets = new HashSet<>();
    for (Field consumption : consumptions.items()) {
      Field set = consumption.child("counterSet");
      checkCounters(set, consumption.child("counters"), found);
      if (!sets.add(set.text())) {
        found.add(FieldError.duplicate(consumption.path(), set.text()));
      }
    }
  }

  /// A named set of counters.
  static void checkCounters(Field name, Field counters, Violations found) {
    if (found.present(name, "")) {
      found.conforms(name, Names::label);
    }
    if (found.present(counters, "") && found.atMost(counters, MOST_COUNTERS)) {
      for (Field.Entry counter : counters.entries()) {
        for (String problem : Names.label(counter.key())) {
          found.add(FieldError.invalid(counter.value().path(), counter.key(), problem));
        }
      }
    }
  }

  private static void checkPlace(Field device, boolean each, Violations found) {
    String detail =
        "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
            + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    if (!each) {
      if (PLACES.stream().anyMatch(place -> device.child(place).isPresent())) {
        found.add(
            FieldError.invalid(
                device.path(),
                new DeviceRules.Nothing(),
                "`nodeName`, `nodeSelector` and `allNodes` can only be set if"
                    + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec"));
      }
      return;
    }
    List<String> places = places(device, "must not be empty", found);
    if (places.isEmpty()) {
      found.required(device, detail);
    } else if (places.size() > 1) {
      found.add(FieldError.invalid(device.path(), "{" + String.join(", ", places) + "}", detail));
    }
  }

  /// Checks where something is.
  ///
  /// @param empty what is said of an empty name
  /// @return what of it counts, as messages show it
  static List<String> places(Field where, String empty, Violations found) {
    var places = new ArrayList<String>();
    Field node = where.child("nodeName");
    if (node.isPresent() && node.isEmpty()) {
      found.invalid(node, empty);
    } else if (node.isPresent()) {
      places.add("`nodeName`");
      found.conforms(node, Names::subdomain);
    }
    if (where.child("nodeSelector").isPresent()) {
      places.add("`nodeSelector`");
      AffinityRules.checkNodeSelector(where.child("nodeSelector"), found);
    }
    addTrue(where.child("allNodes"), places, found);
    return places;
  }

  /// Something that is either true or not said.
  static void addTrue(Field flag, List<String> places, Violations found) {
    if (flag.isTrue()) {
      places.add("`" + flag.path().substring(flag.path().lastIndexOf('.') + 1) + "`");
    } else if (flag.isPresent()) {
      found.invalid(flag, "must be either unset or set to true");
    }
  }

  /// What must come true, or must not, before a device is bound.
  static void checkConditions(Field device, Violations found) {
    Field good = device.child("bindingConditions");
    Field bad = device.child("bindingFailureConditions");
    for (Field list : List.of(good, bad)) {
      if (found.atMost(list, MOST_CONDITIONS)) {
        list.items().forEach(name -> found.conforms(name, Names::qualified));
      }
    }
    DeviceNames.checkUnique(good.items(), found);
    DeviceNames.checkUnique(bad.items(), found);
    for (Field name : bad.items()) {
      if (good.items().stream().anyMatch(other -> other.text().equals(name.text()))) {
        found.invalid(name, "bindingFailureConditions must not overlap with bindingConditions");
      }
    }
    if (good.isEmpty() && !bad.isEmpty()) {
      found.invalidList(good, "bindingConditions are required to use bindingFailureConditions");
    }
    if (bad.isEmpty() && !good.isEmpty()) {
      found.invalidList(bad, "bindingFailureConditions are required to use bindingConditions");
    }
  }
}
