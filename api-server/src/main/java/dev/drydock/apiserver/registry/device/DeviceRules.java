package dev.drydock.apiserver.registry.device;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// What a claim for devices must be like, of its own or in a template.
///
/// Source: limits and messages of `pkg/apis/resource/validation`.
final class DeviceRules {
  static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "None");
  private static final List<String> MODES = List.of("All", "ExactCount");
  private static final int MOST = 32;
  private static final int MOST_ALTERNATIVES = 8;
  private static final int LONGEST_PARAMETERS = 10 * 1024;
  private static final String REQUEST_NAME =
      "must be the name of a request in the claim or the name of a request and a subrequest"
          + " separated by '/'";

  private final DeviceSelectors selectors;

  DeviceRules(CelEnvironment cel) {
    this.selectors = new DeviceSelectors(cel);
  }

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
  void checkClaim(Field spec, Violations found) {
    Field devices = spec.child("devices");
    Map<String, Set<String>> names = requestNames(devices);
    checkSet(devices.child("requests"), MOST, request -> checkRequest(request, found), found);
    Field constraints = devices.child("constraints");
    if (found.atMost(constraints, MOST)) {
      constraints.items().forEach(each -> checkConstraint(each, names, found));
    }
    Field configurations = devices.child("config");
    if (found.atMost(configurations, MOST)) {
      for (Field configuration : configurations.items()) {
        checkReferences(configuration.child("requests"), names, found);
        checkOpaque(configuration.child("opaque"), found);
      }
    }
  }

  /// The names of the requests of a claim, each with those of its alternatives.
  static Map<String, Set<String>> requestNames(Field devices) {
    var names = new HashMap<String, Set<String>>();
    for (Field request : devices.child("requests").items()) {
      var alternatives = new HashSet<String>();
      request
          .child("firstAvailable")
          .items()
          .forEach(each -> alternatives.add(each.child("name").text()));
      names.put(request.child("name").text(), alternatives);
    }
    return names;
  }

  /// Checks the elements of a list, each of which has a name of its own.
  private static void checkSet(Field list, int most, Consumer<Field> check, Violations found) {
    if (!found.atMost(list, most)) {
      return;
    }
    var names = new HashSet<String>();
    for (Field element : list.items()) {
      check.accept(element);
      String name = element.child("name").text();
      if (!names.add(name)) {
        found.add(FieldError.duplicate(element.path(), name));
      }
    }
  }

  private void checkRequest(Field request, Violations found) {
    found.conforms(request.child("name"), Names::label);
    Field exactly = request.child("exactly");
    Field alternatives = request.child("firstAvailable");
    if (exactly.isPresent() && !alternatives.isEmpty()) {
      found.add(
          FieldError.invalid(
              request.path(),
              new Nothing(),
              "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are"
                  + " set"));
    } else if (exactly.isPresent()) {
      checkExact(exactly, found);
    } else if (alternatives.isEmpty()) {
      found.required(request, "exactly one of `exactly` or `firstAvailable` is required");
    } else {
      checkSet(
          alternatives,
          MOST_ALTERNATIVES,
          each -> {
            found.conforms(each.child("name"), Names::label);
            checkExact(each, found);
          },
          found);
    }
  }

  private void checkExact(Field request, Violations found) {
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
    request.child("tolerations").items().forEach(each -> checkToleration(each, found));
  }

  private static void checkToleration(Field toleration, Violations found) {
    if (!toleration.child("key").isEmpty()) {
      found.conforms(toleration.child("key"), Names::qualified);
    }
    Field value = toleration.child("value");
    Field operator = toleration.child("operator");
    switch (operator.text()) {
      case "Exists" -> {
        if (!value.isEmpty()) {
          found.invalid(value, "must be empty for operator `Exists`");
        }
      }
      case "Equal" -> found.conforms(value, Names::labelValue);
      case "" -> found.required(operator, "");
      default -> found.notSupported(operator, List.of("Equal", "Exists"));
    }
    found.oneOf(toleration.child("effect"), EFFECTS);
  }

  private static void checkConstraint(
      Field constraint, Map<String, Set<String>> names, Violations found) {
    checkReferences(constraint.child("requests"), names, found);
    Field same = constraint.child("matchAttribute");
    Field distinct = constraint.child("distinctAttribute");
    if (same.isPresent()) {
      DeviceNames.checkFullyQualified(same, found);
    } else if (distinct.isPresent()) {
      DeviceNames.checkFullyQualified(distinct, found);
    } else {
      found.required(
          constraint,
          "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple"
              + " fields are set");
    }
  }

  /// Names of requests in a list.
  static void checkReferences(Field list, Map<String, Set<String>> names, Violations found) {
    if (!found.atMost(list, MOST)) {
      return;
    }
    list.items().forEach(each -> checkReference(each, names, found));
    DeviceNames.checkUnique(list.items(), found);
  }

  /// `request`, or `request/alternative`.
  static void checkReference(Field name, Map<String, Set<String>> names, Violations found) {
    List<String> parts = List.of(name.text().split("/", -1));
    if (parts.size() > 2) {
      found.invalid(name, REQUEST_NAME);
      return;
    }
    for (String part : parts) {
      Names.label(part)
          .forEach(problem -> found.add(FieldError.invalid(name.path(), part, problem)));
    }
    Set<String> alternatives = names.get(parts.getFirst());
    if (alternatives == null || (parts.size() == 2 && !alternatives.contains(parts.getLast()))) {
      found.invalid(name, REQUEST_NAME);
    }
  }

  /// Conditions on devices.
  void checkSelectors(Field list, Violations found) {
    selectors.check(list, found);
  }

  /// What a driver is told and nobody else understands.
  static void checkOpaque(Field opaque, Violations found) {
    if (!opaque.isPresent()) {
      found.required(opaque, "");
      return;
    }
    DeviceNames.checkDriver(opaque.child("driver"), found);
    Field parameters = opaque.child("parameters");
    if (!parameters.isPresent()) {
      found.required(parameters, "");
    } else if (parameters.value().toString().length() > LONGEST_PARAMETERS) {
      found.tooLong(parameters, LONGEST_PARAMETERS);
    }
  }

  /// Labels and annotations of what a template makes.
  static void checkTemplateMetadata(Field metadata, Violations found) {
    Labels.checkAnnotations(metadata.child("annotations"), found);
    Labels.check(metadata.child("labels"), found);
  }

  /// The value that Go's `nil` is shown as.
  record Nothing() {
    @Override
    public String toString() {
      return "null";
    }
  }
}
