package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a container must be like.
///
/// Source: texts and limits of `pkg/apis/core/validation`.
final class ContainerRules {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGE_POLICIES = List.of("FallbackToLogsOnError", "File");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final List<String> ENV_SOURCES =
      List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
  private static final String NEEDS_ALWAYS =
      "may not be set for init containers without restartPolicy=Always";

  private final Violations found;
  private final Set<String> volumes;
  private final Field spec;
  private final Set<String> names = new HashSet<>();
  private final Set<String> hostPorts = new HashSet<>();

  ContainerRules(Field spec, Set<String> volumes, Violations found) {
    this.spec = spec;
    this.volumes = volumes;
    this.found = found;
  }

  void checkAll() {
    Field containers = spec.child("containers");
    if (containers.isEmpty()) {
      found.required(containers, "");
    }
    for (Field container : containers.items()) {
      check(container);
      checkProbes(container);
    }
    for (Field container : spec.child("initContainers").items()) {
      check(container);
      checkInit(container);
    }
    for (Field container : spec.child("ephemeralContainers").items()) {
      check(container);
    }
  }

  private void check(Field container) {
    Field name = container.child("name");
    if (found.present(name, "")) {
      found.conforms(name, Names::label);
      if (!names.add(name.text())) {
        found.duplicate(name);
      }
    }
    Field image = container.child("image");
    if (found.present(image, "") && !image.text().equals(image.text().strip())) {
      found.invalid(image, "must not have leading or trailing whitespace");
    }
    found.oneOf(container.child("imagePullPolicy"), PULL_POLICIES);
    found.oneOf(container.child("terminationMessagePolicy"), MESSAGE_POLICIES);
    checkPorts(container.child("ports"));
    checkEnvironment(container);
    checkMounts(container.child("volumeMounts"));
    ResourceRules.check(container.child("resources"), found);
    for (String hook : List.of("postStart", "preStop")) {
      Field handler = container.child("lifecycle", hook);
      if (handler.isPresent()) {
        ProbeRules.checkHandler(handler, List.of("exec", "httpGet", "tcpSocket", "sleep"), found);
      }
    }
  }

  private void checkInit(Field container) {
    Field policy = container.child("restartPolicy");
    boolean sidecar = policy.text().equals("Always");
    if (sidecar) {
      checkProbes(container);
      return;
    }
    for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.child(field).isPresent()) {
        found.forbidden(container.child(field), NEEDS_ALWAYS);
      }
    }
  }

  private void checkProbes(Field container) {
    ProbeRules.check(container.child("livenessProbe"), found);
    ProbeRules.check(container.child("readinessProbe"), found);
    ProbeRules.check(container.child("startupProbe"), found);
    for (String single : List.of("livenessProbe", "startupProbe")) {
      Field threshold = container.child(single, "successThreshold");
      if (threshold.isPresent() && threshold.number(1) != 1) {
        found.invalid(threshold, "must be 1");
      }
    }
  }

  private void checkPorts(Field ports) {
    var portNames = new HashSet<String>();
    for (Field port : ports.items()) {
      Field name = port.child("name");
      if (!name.isEmpty()) {
        found.conforms(name, Names::port);
        if (!portNames.add(name.text())) {
          found.duplicate(name);
        }
      }
      Field number = port.child("containerPort");
      if (number.number(0) == 0) {
        found.required(number, "");
      } else {
        found.inRange(number, 1, 65535);
      }
      if (found.present(port.child("protocol"), "")) {
        found.oneOf(port.child("protocol"), PROTOCOLS);
      }
      checkHostPort(port);
    }
  }

  private void checkHostPort(Field port) {
    Field hostPort = port.child("hostPort");
    if (hostPort.number(0) == 0) {
      return;
    }
    found.inRange(hostPort, 1, 65535);
    if (spec.child("hostNetwork").isTrue()
        && hostPort.number(0) != port.child("containerPort").number(0)) {
      found.invalid(hostPort, "must match `containerPort` when `hostNetwork` is true");
    }
    String taken =
        port.child("protocol").text()
            + "/"
            + port.child("hostIP").text()
            + "/"
            + hostPort.number(0);
    if (!hostPorts.add(taken)) {
      found.add(FieldError.duplicate(hostPort.path(), taken));
    }
  }

  private void checkEnvironment(Field container) {
    for (Field variable : container.child("env").items()) {
      if (found.present(variable.child("name"), "")) {
        found.conforms(variable.child("name"), Names::environment);
      }
      Field from = variable.child("valueFrom");
      if (from.isPresent()) {
        checkSource(variable, from);
      }
    }
    for (Field from : container.child("envFrom").items()) {
      boolean map = from.child("configMapRef").isPresent();
      boolean secret = from.child("secretRef").isPresent();
      if (!map && !secret) {
        found.invalid(from, "must specify one of: `configMapRef` or `secretRef`");
      } else if (map && secret) {
        found.invalid(from, "may not have more than one field specified at a time");
      }
      for (String source : List.of("configMapRef", "secretRef")) {
        if (from.child(source).isPresent()) {
          found.present(from.child(source, "name"), "");
        }
      }
    }
  }

  private void checkSource(Field variable, Field from) {
    long sources = ENV_SOURCES.stream().filter(one -> from.child(one).isPresent()).count();
    if (!variable.child("value").isEmpty() && sources > 0) {
      found.add(
          FieldError.invalid(from.path(), "", "may not be specified when `value` is not empty"));
    }
    if (sources == 0) {
      found.add(
          FieldError.invalid(
              from.path(),
              "",
              "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
                  + " `secretKeyRef` or `fileKeyRef`"));
    } else if (sources > 1) {
      found.add(
          FieldError.invalid(
              from.path(), "", "may not have more than one field specified at a time"));
    }
    for (String reference : List.of("configMapKeyRef", "secretKeyRef")) {
      if (from.child(reference).isPresent()) {
        found.present(from.child(reference, "name"), "");
        found.present(from.child(reference, "key"), "");
      }
    }
    if (from.child("fieldRef").isPresent()) {
      found.present(from.child("fieldRef", "fieldPath"), "");
    }
  }

  private void checkMounts(Field mounts) {
    var paths = new HashSet<String>();
    for (Field mount : mounts.items()) {
      Field name = mount.child("name");
      if (found.present(name, "") && !volumes.contains(name.text())) {
        found.notFound(name);
      }
      Field path = mount.child("mountPath");
      if (found.present(path, "") && !paths.add(path.text())) {
        found.invalid(path, "must be unique");
      }
      for (String field : List.of("subPath", "subPathExpr")) {
        Field sub = mount.child(field);
        if (sub.text().startsWith("/")) {
          found.invalid(sub, "must be a relative path");
        }
        if (List.of(sub.text().split("/", -1)).contains("..")) {
          found.invalid(sub, "must not contain '..'");
        }
      }
      if (!mount.child("subPath").isEmpty() && !mount.child("subPathExpr").isEmpty()) {
        found.invalid(mount.child("subPathExpr"), "subPathExpr and subPath are mutually exclusive");
      }
    }
  }
}
