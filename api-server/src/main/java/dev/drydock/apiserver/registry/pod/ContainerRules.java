package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a container must be like.
///
/// Source: texts and limits of `pkg/apis/core/validation`.
final class ContainerRules {
  private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
  private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
  private static final List<String> NOT_EPHEMERAL =
      List.of(
          "ports",
          "resources",
          "resizePolicy",
          "restartPolicy",
          "restartPolicyRules",
          "livenessProbe",
          "readinessProbe",
          "startupProbe",
          "lifecycle");
  private static final String NEEDS_ALWAYS =
      "may not be set for init containers without restartPolicy=Always";

  private final Violations found;
  private final PodVolumes volumes;
  private final Field spec;
  private final Set<String> names = new HashSet<>();
  private final Set<String> claims = new TreeSet<>();

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
    checkHostPorts(containers.items(), containers);
    for (Field container : spec.child("initContainers").items()) {
      check(container);
      checkRestartPolicy(container);
      checkUnique(container);
      // They run one by one. The real path names the first of them.
      checkHostPorts(List.of(container), spec.child("initContainers"));
      checkInit(container);
    }
    for (Field container : spec.child("ephemeralContainers").items()) {
      check(container);
      checkImage(container, found);
      checkUnique(container);
      checkEphemeral(container);
    }
  }

  private void check(Field container) {
    Field name = container.child("name");
    if (found.present(name, "")) {
      found.conforms(name, Names::label);
    }
    found.present(container.child("image"), "");
    found.requiredOneOf(container.child("terminationMessagePolicy"), MESSAGE_POLICIES);
    checkPorts(container.child("ports"));
    EnvironmentRules.check(container, volumes.names(), found);
    MountRules.check(container, volumes, found);
    found.requiredOneOf(container.child("imagePullPolicy"), PULL_POLICIES);
    ResourceRules.check(container.child("resources"), found);
    ResourceRules.checkClaims(container.child("resources", "claims"), claims, found);
    checkResize(container.child("resizePolicy"));
    SecurityRules.checkContainer(container.child("securityContext"), spec, found);
  }

  /// Of pods; templates have always been free.
  static void checkImage(Field container, Violations found) {
    Field image = container.child("image");
    if (!image.text().equals(image.text().strip())) {
      found.invalid(image, "must not have leading or trailing whitespace");
    }
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
        ProbeRules.checkHook(
            handler, spec.child("terminationGracePeriodSeconds").number(30), found);
      }
    }
    StopSignals.check(container.child("lifecycle", "stopSignal"), spec.child("os", "name"), found);
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
    Field liveness = container.child("livenessProbe");
    ProbeRules.check(liveness, found);
    checkOneSuccess(liveness);
    Field readiness = container.child("readinessProbe");
    ProbeRules.check(readiness, found);
    Field grace = readiness.child("terminationGracePeriodSeconds");
    if (grace.isPresent()) {
      found.invalid(grace, "must not be set for readinessProbes");
    }
    Field startup = container.child("startupProbe");
    ProbeRules.check(startup, found);
    checkOneSuccess(startup);
  }

  private void checkOneSuccess(Field probe) {
    Field threshold = probe.child("successThreshold");
    if (threshold.isPresent() && threshold.number(1) != 1) {
      found.invalid(threshold, "must be 1");
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
      if (port.child("hostPort").number(0) != 0) {
        found.inRange(port.child("hostPort"), 1, 65535);
      }
      found.requiredOneOf(port.child("protocol"), PROTOCOLS);
    }
  }

  /// No two take the same port of the host.
  private void checkHostPorts(List<Field> containers, Field list) {
    var taken = new HashSet<String>();
    for (int i = 0; i < containers.size(); i++) {
      int number = 0;
      for (Field port : containers.get(i).child("ports").items()) {
        long hostPort = port.child("hostPort").number(0);
        String which =
            port.child("protocol").text() + "/" + port.child("hostIP").text() + "/" + hostPort;
        if (hostPort != 0 && !taken.add(which)) {
          found.add(
              FieldError.duplicate(list + "[" + i + "].ports[" + number + "].hostPort", which));
        }
        number++;
      }
    }
  }

  private void checkResize(Field policies) {
    var seen = new HashSet<String>();
    for (Field policy : policies.items()) {
      Field resource = policy.child("resourceName");
      Field restart = policy.child("restartPolicy");
      if (!seen.add(resource.text())) {
        found.duplicate(policy.showing(resource.value()));
      }
      // The real paths lack index and field.
      found.requiredOneOf(policies.showing(resource.value()), List.of("cpu", "memory"));
      found.requiredOneOf(
          policies.showing(restart.value()), List.of("NotRequired", "RestartContainer"));
      if (spec.child("restartPolicy").text().equals("Never")
          && !restart.text().equals("NotRequired")) {
        found.invalid(
            policies.showing(restart.value()),
            "must be 'NotRequired' when `restartPolicy` is 'Never'");
      }
    }
  }
}
