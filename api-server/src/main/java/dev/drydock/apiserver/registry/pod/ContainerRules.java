package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
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
  private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
  private static final List<String> NOT_EPHEMERAL =
      List.of(
          "ports",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle",
          "resources",
          "restartPolicy",
          "resizePolicy");
  private static final String NEEDS_ALWAYS =
      "may not be set for init containers without restartPolicy=Always";

  private final Violations found;
  private final PodVolumes volumes;
  private final Field spec;
  private final Set<String> names = new HashSet<>();
  private final Set<String> claims = new HashSet<>();
  private final Set<String> hostPorts = new HashSet<>();

  ContainerRules(Field spec, PodVolumes volumes, Violations found) {
    this.spec = spec;
    this.volumes = volumes;
    this.found = found;
    for (Field claim : spec.child("resourceClaims").items()) {
      claims.add(claim.child("name").text());
    }
  }

  void checkAll() {
    Field containers = spec.child("containers");
    if (containers.isEmpty()) {
      found.required(containers, "");
    }
    for (Field container : containers.items()) {
      check(container);
      checkUnique(container);
      checkHooks(container);
      checkProbes(container);
      checkRestartPolicy(container);
    }
    for (Field container : spec.child("initContainers").items()) {
      check(container);
      checkUnique(container);
      checkInit(container);
    }
    for (Field container : spec.child("ephemeralContainers").items()) {
      check(container);
      checkUnique(container);
      checkEphemeral(container);
    }
  }

  private void check(Field container) {
    Field name = container.child("name");
    if (found.present(name, "")) {
      found.conforms(name, Names::label);
    }
    Field image = container.child("image");
    if (found.present(image, "") && !image.text().equals(image.text().strip())) {
      found.invalid(image, "must not have leading or trailing whitespace");
    }
    found.requiredOneOf(container.child("terminationMessagePolicy"), MESSAGE_POLICIES);
    checkPorts(container.child("ports"));
    EnvironmentRules.check(container, volumes.names(), found);
    MountRules.check(container, volumes, found);
    found.requiredOneOf(container.child("imagePullPolicy"), PULL_POLICIES);
    ResourceRules.check(container.child("resources"), found);
    checkClaims(container.child("resources", "claims"));
    checkResize(container);
    SecurityRules.checkContainer(container.child("securityContext"), spec, found);
  }

  private void checkUnique(Field container) {
    Field name = container.child("name");
    if (!name.isEmpty() && !names.add(name.text())) {
      found.duplicate(name);
    }
  }

  private void checkHooks(Field container) {
    for (String hook : List.of("postStart", "preStop")) {
      Field handler = container.child("lifecycle", hook);
      if (handler.isPresent()) {
        ProbeRules.checkHandler(handler, List.of("exec", "httpGet", "tcpSocket", "sleep"), found);
        long grace = spec.child("terminationGracePeriodSeconds").number(30);
        Field sleep = handler.child("sleep", "seconds");
        if (sleep.isPresent() && (sleep.number(0) < 0 || sleep.number(0) > grace)) {
          found.add(
              FieldError.invalid(
                  handler.child("sleep").path(),
                  sleep.number(0),
                  "must be non-negative and less than terminationGracePeriodSeconds ("
                      + grace
                      + ")"));
        }
      }
    }
  }

  private void checkRestartPolicy(Field container) {
    Field policy = container.child("restartPolicy");
    if (policy.isPresent()) {
      found.oneOf(policy, RESTART_POLICIES);
    } else if (!container.child("restartPolicyRules").isEmpty()) {
      found.required(policy, "must specify restartPolicy when restart rules are used");
    }
  }

  private void checkInit(Field container) {
    checkRestartPolicy(container);
    if (container.child("restartPolicy").text().equals("Always")) {
      checkHooks(container);
      checkProbes(container);
      return;
    }
    for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.child(field).isPresent()) {
        found.forbidden(container.child(field), NEEDS_ALWAYS);
      }
    }
    if (!container.child("resizePolicy").isEmpty()) {
      found.invalid(container.child("resizePolicy"), "must not be set for init containers");
    }
  }

  private void checkEphemeral(Field container) {
    Field target = container.child("targetContainerName");
    if (!target.isEmpty()) {
      boolean known = false;
      for (String list : List.of("containers", "initContainers")) {
        for (Field other : spec.child(list).items()) {
          known |= other.child("name").text().equals(target.text());
        }
      }
      if (!known) {
        found.notFound(target);
      }
    }
    for (String field : NOT_EPHEMERAL) {
      if (!container.child(field).isEmpty()) {
        found.forbidden(container.child(field), "cannot be set for an Ephemeral Container");
      }
    }
    for (Field mount : container.child("volumeMounts").items()) {
      for (String part : List.of("subPath", "subPathExpr")) {
        if (!mount.child(part).isEmpty()) {
          found.forbidden(mount.child(part), "cannot be set for an Ephemeral Container");
        }
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
    Field grace = container.child("readinessProbe", "terminationGracePeriodSeconds");
    if (grace.isPresent()) {
      found.invalid(grace, "must not be set for readinessProbes");
    }
  }

  private void checkPorts(Field ports) {
    var portNames = new HashSet<String>();
    for (Field port : ports.items()) {
      Field name = port.child("name");
      if (!name.isEmpty()) {
        List<String> problems = Names.port(name.text());
        problems.forEach(problem -> found.invalid(name, problem));
        if (problems.isEmpty() && !portNames.add(name.text())) {
          found.duplicate(name);
        }
      }
      Field number = port.child("containerPort");
      if (number.number(0) == 0) {
        found.required(number, "");
      } else {
        found.inRange(number, 1, 65535);
      }
      checkHostPort(port);
      found.requiredOneOf(port.child("protocol"), PROTOCOLS);
      if (!port.child("hostIP").isEmpty()) {
        IpText.check(port.child("hostIP"), found);
      }
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

  private void checkClaims(Field used) {
    var seen = new HashSet<String>();
    for (Field claim : used.items()) {
      Field name = claim.child("name");
      if (!found.present(name, "")) {
        continue;
      }
      if (!claims.contains(name.text())) {
        found.add(
            new FieldError(
                FieldError.Type.NOT_FOUND,
                name.path(),
                "Not found: \""
                    + name.text()
                    + "\": must be one of the names in"
                    + " pod.spec.resourceClaims"));
      }
      if (!seen.add(name.text() + "/" + claim.child("request").text())) {
        found.duplicate(name);
      }
    }
  }

  private void checkResize(Field container) {
    var seen = new HashSet<String>();
    for (Field policy : container.child("resizePolicy").items()) {
      Field resource = policy.child("resourceName");
      found.requiredOneOf(resource, List.of("cpu", "memory"));
      found.requiredOneOf(
          policy.child("restartPolicy"), List.of("NotRequired", "RestartContainer"));
      if (!seen.add(resource.text())) {
        found.add(FieldError.duplicate(policy.path(), resource.text()));
      }
      if (spec.child("restartPolicy").text().equals("Never")
          && policy.child("restartPolicy").text().equals("RestartContainer")) {
        found.invalid(
            policy.child("restartPolicy"), "must be 'NotRequired' when `restartPolicy` is 'Never'");
      }
    }
  }
}
