package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What a claim for devices must be like.
///
/// Source: limits and messages of `pkg/apis/resource/validation`.
final class DeviceRules {
  private static final List<String> MODES = List.of("All", "ExactCount");
  private static final int MOST_REQUESTS = 32;
  private static final int MOST_ALTERNATIVES = 8;

  private DeviceRules() {}

  /// How many devices a request is for, unless it says.
  static void applyDefaults(ObjectNode spec) {
    for (ObjectNode request : Trees.objects(spec, "devices", "requests")) {
      if (request.get("exactly") instanceof ObjectNode exact) {
        applyCount(exact);
      }
      for (ObjectNode alternative : Trees.objects(request, "firstAvailable")) {
        applyCount(alternative);
      }
    }
  }

  private static void applyCount(ObjectNode request) {
    if (request.path("allocationMode").stringValue("").equals("ExactCount")
        && !request.has("count")) {
      request.put("count", 1);
    }
  }

  /// @param spec of a ResourceClaim
  static void checkClaim(Field spec, Violations found) {
    Field requests = spec.child("devices", "requests");
    found.atMost(requests, MOST_REQUESTS);
    var names = new HashSet<String>();
    for (Field request : requests.items()) {
      checkName(request.child("name"), names, found);
      Field exactly = request.child("exactly");
      Field alternatives = request.child("firstAvailable");
      if (exactly.isPresent() && !alternatives.isEmpty()) {
        found.invalid(request, "exactly one of `exactly` or `firstAvailable` must be specified");
      } else if (!exactly.isPresent() && alternatives.isEmpty()) {
        found.required(request, "exactly one of `exactly` or `firstAvailable` is required");
      }
      if (exactly.isPresent()) {
        checkExact(exactly, found);
      }
      found.atMost(alternatives, MOST_ALTERNATIVES);
      var alternativeNames = new HashSet<String>();
      for (Field alternative : alternatives.items()) {
        checkName(alternative.child("name"), alternativeNames, found);
        checkExact(alternative, found);
      }
    }
    for (Field constraint : spec.child("devices", "constraints").items()) {
      for (Field name : constraint.child("requests").items()) {
        if (!names.contains(name.text().split("/", 2)[0])) {
          found.invalid(
              name,
              "must be the name of a request in the claim or the name of a"
                  + " request and a subrequest separated by '/'");
        }
      }
    }
    for (Field config : spec.child("devices", "config").items()) {
      checkOpaque(config.child("opaque"), found);
    }
  }

  private static void checkName(Field name, Set<String> taken, Violations found) {
    if (found.present(name, "")) {
      found.conforms(name, Names::label);
      if (!taken.add(name.text())) {
        found.duplicate(name);
      }
    }
  }

  private static void checkExact(Field request, Violations found) {
    Field deviceClass = request.child("deviceClassName");
    if (found.present(deviceClass, "")) {
      found.conforms(deviceClass, Names::subdomain);
    }
    checkSelectors(request.child("selectors"), found);
    Field mode = request.child("allocationMode");
    Field count = request.child("count");
    switch (mode.text()) {
      case "All" -> {
        if (count.number(0) != 0) {
          found.invalid(count, "must not be specified when allocationMode is 'All'");
        }
      }
      case "ExactCount" -> {
        if (count.number(0) <= 0) {
          found.invalid(count, "must be greater than zero");
        }
      }
      default -> found.notSupported(mode, MODES);
    }
  }

  /// Conditions on devices.
  static void checkSelectors(Field selectors, Violations found) {
    found.atMost(selectors, MOST_REQUESTS);
    for (Field selector : selectors.items()) {
      if (!selector.child("cel").isPresent()) {
        found.required(selector.child("cel"), "");
      } else {
        found.present(selector.child("cel", "expression"), "");
      }
    }
  }

  static void checkOpaque(Field opaque, Violations found) {
    if (!opaque.isPresent()) {
      found.required(opaque, "");
      return;
    }
    if (found.present(opaque.child("driver"), "")) {
      found.conforms(opaque.child("driver"), Names::subdomain);
    }
    if (!opaque.child("parameters").isPresent()) {
      found.required(opaque.child("parameters"), "");
    }
  }
}
