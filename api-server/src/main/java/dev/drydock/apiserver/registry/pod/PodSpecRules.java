package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// What the spec of a pod, or of a pod template, must be like. The order is that in which the real
/// server tells what is wrong.
///
/// Source: `ValidatePodSpec` of `pkg/apis/core/validation`.
public final class PodSpecRules {
  private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");

  private PodSpecRules() {}

  /// A template of a workload whose pods run for ever, or whatever else is allowed.
  ///
  /// @param restartPolicies that the workload allows
  public static void checkTemplate(Field template, List<String> restartPolicies, Violations found) {
    // The real paths leave `metadata` out.
    Labels.check(metadata(template, "labels"), found);
    Field annotations = metadata(template, "annotations");
    Labels.checkAnnotations(annotations, found);
    Field spec = template.child("spec");
    PodAnnotationRules.check(annotations, spec, found);
    check(spec, "", Holder.TEMPLATE, found);
    ProfileRules.checkMatch(annotations, spec, found);
    if (!spec.child("ephemeralContainers").isEmpty()) {
      found.forbidden(
          spec.child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
    }
    Field policy = spec.child("restartPolicy");
    if (!restartPolicies.contains(policy.text()) && !policy.isEmpty()) {
      found.notSupported(policy, restartPolicies);
    }
    PodWarnings.tell(template.child("metadata"), spec, Holder.TEMPLATE, found);
  }

  private static Field metadata(Field template, String field) {
    return template.child(field).showing(Trees.at(template.value(), "metadata", field));
  }

  /// A pod with its annotations, new or changed.
  static void checkPod(Field pod, Violations found) {
    Field spec = pod.child("spec");
    PodAnnotationRules.check(pod.child("metadata", "annotations"), spec, found);
    check(spec, pod.child("metadata", "name").text(), Holder.POD, found);
    if (spec.child("serviceAccountName").isEmpty()) {
      for (Field volume : spec.child("volumes").items()) {
        for (Field source : volume.child("projected", "sources").items()) {
          if (source.child("serviceAccountToken").isPresent()) {
            found.forbidden(
                source.child("serviceAccountToken"),
                "must not be specified when serviceAccountName is not set");
          }
        }
      }
    }
    for (String list : List.of("containers", "initContainers")) {
      spec.child(list).items().forEach(container -> ContainerRules.checkImage(container, found));
    }
  }

  private static void check(Field spec, String podName, Holder holder, Violations found) {
    PodVolumes volumes = VolumeRules.check(spec.child("volumes"), podName, found);
    checkClaims(spec.child("resourceClaims"), found);
    new ContainerRules(spec, volumes, found).checkAll();
    PodResourceRules.check(spec, found);
    checkHostPorts(spec, holder, found);
    found.requiredOneOf(spec.child("restartPolicy"), RESTART_POLICIES);
    DnsRules.checkPolicy(spec.child("dnsPolicy"), found);
    Labels.check(spec.child("nodeSelector"), found);
    SecurityRules.checkPod(spec, found);
    AffinityRules.check(spec.child("affinity"), found);
    DnsRules.check(spec, found);
    for (Field gate : spec.child("readinessGates").items()) {
      found.conforms(gate.child("conditionType"), Names::qualified);
    }
    SchedulingRules.check(spec, found);
    SystemRules.checkHostProcess(spec, found);
    SystemRules.checkUserNamespace(spec, found);
    checkNames(spec, found);
    found.oneOf(spec.child("preemptionPolicy"), List.of("PreemptLowerPriority", "Never"));
    // The real path has this step more.
    Field overhead = spec.child("overhead", "limits").showing(spec.child("overhead").value());
    ResourceRules.checkList(overhead, found);
    SystemRules.check(spec, found);
  }

  private static void checkClaims(Field claims, Violations found) {
    var names = new HashSet<String>();
    for (Field claim : claims.items()) {
      Field name = claim.child("name");
      if (found.present(name, "")) {
        if (names.add(name.text())) {
          found.conforms(name, Names::label);
        } else {
          found.duplicate(name);
        }
      }
      Field direct = claim.child("resourceClaimName");
      Field template = claim.child("resourceClaimTemplateName");
      if (direct.isPresent() && template.isPresent()) {
        invalidClaim(
            claim,
            "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
            found);
      } else if (!direct.isPresent() && !template.isPresent()) {
        invalidClaim(
            claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`", found);
      }
      for (Field reference : List.of(direct, template)) {
        if (reference.isPresent()) {
          found.conforms(reference, Names::subdomain);
        }
      }
    }
  }

  private static void invalidClaim(Field claim, String detail, Violations found) {
    found.invalid(
        claim,
        InnerForm.of(claim, "Name:\"\"", "ResourceClaimName", "ResourceClaimTemplateName"),
        detail);
  }

  /// On the host's network a port is the host's port; templates may leave it open.
  private static void checkHostPorts(Field spec, Holder holder, Violations found) {
    if (!spec.child("hostNetwork").isTrue()) {
      return;
    }
    for (Field container : spec.child("containers").items()) {
      for (Field port : container.child("ports").items()) {
        long hostPort = port.child("hostPort").number(0);
        if ((holder == Holder.POD || hostPort != 0)
            && hostPort != port.child("containerPort").number(0)) {
          found.invalid(
              port.child("hostPort"),
              hostPort,
              "must match `containerPort` when `hostNetwork` is true");
        }
      }
    }
  }

  private static void checkNames(Field spec, Violations found) {
    for (String field : List.of("serviceAccountName", "nodeName")) {
      if (!spec.child(field).isEmpty()) {
        found.conforms(spec.child(field), Names::subdomain);
      }
    }
    Field deadline = spec.child("activeDeadlineSeconds");
    if (deadline.isPresent()) {
      found.inRange(deadline, 1, Integer.MAX_VALUE);
    }
    for (String field : List.of("hostname", "subdomain")) {
      if (!spec.child(field).isEmpty()) {
        found.conforms(spec.child(field), Names::label);
      }
    }
    Field override = spec.child("hostnameOverride");
    if (!override.isEmpty()) {
      found.conforms(override, Names::subdomain);
      if (spec.child("hostNetwork").isTrue()) {
        found.forbidden(override, "must not be set when spec.hostNetwork is set to true");
      }
    }
    TolerationRules.check(spec.child("tolerations"), found);
    for (Field alias : spec.child("hostAliases").items()) {
      IpText.check(alias.child("ip"), found);
      alias.child("hostnames").items().forEach(host -> found.conforms(host, Names::subdomain));
    }
    if (!spec.child("priorityClassName").isEmpty()) {
      found.conforms(spec.child("priorityClassName"), Names::subdomain);
    }
    if (spec.child("runtimeClassName").isPresent()) {
      found.conforms(spec.child("runtimeClassName"), Names::subdomain);
    }
  }
}
