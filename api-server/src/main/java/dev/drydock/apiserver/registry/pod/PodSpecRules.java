package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Set;

/// What the spec of a pod, or of a pod template, must be like.
public final class PodSpecRules {
  private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
  private static final List<String> DNS_POLICIES =
      List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");

  private PodSpecRules() {}

  /// A template of a workload whose pods run for ever, or whatever else is allowed.
  ///
  /// @param restartPolicies that the workload allows
  public static void checkTemplate(Field template, List<String> restartPolicies, Violations found) {
    Labels.check(template.child("metadata", "labels"), found);
    Field spec = template.child("spec");
    check(spec, found);
    Field policy = spec.child("restartPolicy");
    if (!restartPolicies.contains(policy.text()) && RESTART_POLICIES.contains(policy.text())) {
      found.notSupported(policy, restartPolicies);
    }
    if (!spec.child("ephemeralContainers").isEmpty()) {
      found.forbidden(
          spec.child("ephemeralContainers"), "ephemeral containers not allowed in pod template");
    }
  }

  static void check(Field spec, Violations found) {
    Set<String> volumes = VolumeRules.check(spec.child("volumes"), found);
    new ContainerRules(spec, volumes, found).checkAll();
    if (found.present(spec.child("restartPolicy"), "")) {
      found.oneOf(spec.child("restartPolicy"), RESTART_POLICIES);
    }
    if (found.present(spec.child("dnsPolicy"), "")) {
      found.oneOf(spec.child("dnsPolicy"), DNS_POLICIES);
    }
    if (spec.child("dnsPolicy").text().equals("None")
        && spec.child("dnsConfig", "nameservers").isEmpty()) {
      found.required(
          spec.child("dnsConfig", "nameservers"),
          "must provide at least one DNS nameserver when `dnsPolicy` is None");
    }
    SchedulingRules.check(spec, found);
    checkNames(spec, found);
    Field deadline = spec.child("activeDeadlineSeconds");
    if (deadline.isPresent()) {
      found.inRange(deadline, 1, Integer.MAX_VALUE);
    }
    Field grace = spec.child("terminationGracePeriodSeconds");
    if (grace.number(0) < 0) {
      found.notNegative(grace);
    }
  }

  private static void checkNames(Field spec, Violations found) {
    for (String field : List.of("serviceAccountName", "nodeName", "priorityClassName")) {
      if (!spec.child(field).isEmpty()) {
        found.conforms(spec.child(field), Names::subdomain);
      }
    }
    for (String field : List.of("hostname", "subdomain")) {
      if (!spec.child(field).isEmpty()) {
        found.conforms(spec.child(field), Names::label);
      }
    }
    if (spec.child("schedulerName").isEmpty()) {
      found.required(spec.child("schedulerName"), "");
    }
    if (!spec.child("schedulingGates").isEmpty() && !spec.child("nodeName").isEmpty()) {
      found.forbidden(
          spec.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
  }
}
