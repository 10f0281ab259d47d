package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the environment of a container, and references to fields of a pod, must be like.
final class EnvironmentRules {
  static final List<String> ENV_FIELDS =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  static final List<String> VOLUME_FIELDS =
      List.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");
  private static final List<String> RESOURCES =
      List.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");
  private static final List<String> KNOWN_FIELDS =
      List.of("spec.host", "spec.restartPolicy", "spec.schedulerName", "status.phase");
  private static final List<String> SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
  private static final Set<String> DIVISORS =
      Set.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

  private EnvironmentRules() {}

  static void check(Field container, Set<String> volumes, Violations found) {
    for (Field variable : container.child("env").items()) {
      if (found.present(variable.child("name"), "")) {
        found.conforms(variable.child("name"), Names::environment);
      }
      Field from = variable.child("valueFrom");
      if (from.isPresent()) {
        checkSource(variable, from, volumes, found);
      }
    }
    for (Field from : container.child("envFrom").items()) {
      checkAll(container.child("envFrom"), from, found);
    }
  }

  private static void checkAll(Field list, Field from, Violations found) {
    if (!from.child("prefix").isEmpty()) {
      found.conforms(from.child("prefix"), Names::environment);
    }
    boolean map = from.child("configMapRef").isPresent();
    boolean secret = from.child("secretRef").isPresent();
    for (String source : List.of("configMapRef", "secretRef")) {
      if (from.child(source).isPresent() && found.present(from.child(source, "name"), "")) {
        found.conforms(from.child(source, "name"), name -> Names.prefix(Names::subdomain, name));
      }
    }
    // The real paths lack the index.
    if (!map && !secret) {
      found.invalid(list, "", "must specify one of: `configMapRef` or `secretRef`");
    } else if (map && secret) {
      found.invalid(list, "", "may not have more than one field specified at a time");
    }
  }

  private static void checkSource(
      Field variable, Field from, Set<String> volumes, Violations found) {
    long sources = 0;
    for (String source : SOURCES) {
      Field reference = from.child(source);
      if (reference.isPresent()) {
        sources++;
        checkReference(source, reference, volumes, found);
      }
    }
    if (sources == 0) {
      found.add(
          FieldError.invalid(
              from.path(),
              "",
              "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
                  + " `secretKeyRef` or `fileKeyRef`"));
    } else if (!variable.child("value").isEmpty()) {
      found.add(
          FieldError.invalid(from.path(), "", "may not be specified when `value` is not empty"));
    } else if (sources > 1) {
      found.add(
          FieldError.invalid(
              from.path(), "", "may not have more than one field specified at a time"));
    }
  }

  private static void checkReference(
      String source, Field reference, Set<String> volumes, Violations found) {
    switch (source) {
      case "fieldRef" -> checkField(reference, ENV_FIELDS, found);
      case "resourceFieldRef" -> checkResource(reference, found);
      case "fileKeyRef" -> {
        Field volume = reference.child("volumeName");
        if (found.present(volume, "") && !volumes.contains(volume.text())) {
          found.notFound(volume);
        }
        found.present(reference.child("path"), "");
        found.present(reference.child("key"), "");
      }
      default -> {
        found.conforms(reference.child("name"), Names::subdomain);
        if (found.present(reference.child("key"), "")) {
          found.conforms(reference.child("key"), Names::configKey);
        }
      }
    }
  }

  /// @param allowed the fields that can be referred to here, in alphabetical order
  static void checkField(Field reference, List<String> allowed, Violations found) {
    Field version = reference.child("apiVersion");
    Field path = reference.child("fieldPath");
    if (!found.present(version, "") || !found.present(path, "")) {
      return;
    }
    if (!version.text().equals("v1")) {
      notConverted(path, "unsupported pod version: " + version.text(), found);
      return;
    }
    String text = path.text();
    int bracket = text.indexOf("['");
    if (bracket > 0 && text.endsWith("']")) {
      String key = text.substring(bracket + 2, text.length() - 2);
      switch (text.substring(0, bracket)) {
        case "metadata.annotations" -> checkKey(reference, key.toLowerCase(Locale.ROOT), found);
        case "metadata.labels" -> checkKey(reference, key, found);
        default -> notConverted(path, "field label does not support subscript: " + text, found);
      }
      return;
    }
    boolean known =
        ENV_FIELDS.contains(text) || VOLUME_FIELDS.contains(text) || KNOWN_FIELDS.contains(text);
    String meant = text.equals("spec.host") ? "spec.nodeName" : text;
    if (!known) {
      notConverted(path, "field label not supported: " + text, found);
    } else if (!allowed.contains(meant)) {
      found.add(FieldError.notSupported(path.path(), meant, allowed));
    }
  }

  private static void notConverted(Field path, String why, Violations found) {
    found.invalid(path, "error converting fieldPath: " + why);
  }

  private static void checkKey(Field reference, String key, Violations found) {
    Names.qualified(key).forEach(problem -> found.invalid(reference, key, problem));
  }

  /// What of its resources a container is told.
  static void checkResource(Field reference, Violations found) {
    Field resource = reference.child("resource");
    String name = resource.text();
    if (found.present(resource, "")
        && !RESOURCES.contains(name)
        && !name.startsWith("limits.hugepages-")
        && !name.startsWith("requests.hugepages-")) {
      found.notSupported(resource, RESOURCES);
    }
    checkDivisor(reference.child("divisor"), name, found);
  }

  /// The same for files, which don't stand in a container.
  static void checkResourceOfContainer(Field reference, Violations found) {
    if (found.present(reference.child("containerName"), "")) {
      checkResource(reference, found);
    } else {
      checkDivisor(reference.child("divisor"), reference.child("resource").text(), found);
    }
  }

  private static void checkDivisor(Field divisor, String name, Violations found) {
    Quantity unit = divisor.isEmpty() ? Quantity.ZERO : Quantity.parse(divisor.text());
    if (unit.isZero()) {
      return;
    }
    String text = unit.toString();
    String noun =
        switch (name) {
          case "limits.cpu", "requests.cpu" -> "cpu";
          case "limits.memory", "requests.memory" -> "memory";
          case "limits.ephemeral-storage", "requests.ephemeral-storage" ->
              "local ephemeral storage";
          default -> name.contains(".hugepages-") ? "hugepages" : "";
        };
    if (noun.equals("cpu") && !text.equals("1") && !text.equals("1m")) {
      found.invalid(
          divisor, name, "only divisor's values 1m and 1 are supported with the cpu resource");
    } else if (!noun.equals("cpu") && !noun.isEmpty() && !DIVISORS.contains(text)) {
      found.invalid(
          divisor,
          name,
          "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are"
              + " supported with the "
              + noun
              + " resource");
    }
  }
}
