package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// What the spec of a pod, or of a pod template, must be like.
public final class PodSpecRules {
  private static final List<String> RESTART_POLICIES = List.of("Always", "Never", "OnFailure");
  private static final List<String> DNS_POLICIES =
      List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None");
  private static final int MOST_SEARCHES = 32;
  private static final int LONGEST_SEARCH = 2048;

  private PodSpecRules() {}

  /// A template of a workload whose pods run for ever, or whatever else is allowed.
  ///
  /// @param restartPolicies that the workload allows
  public static void checkTemplate(Field template, List<String> restartPolicies, Violations found) {
    Labels.check(template.child("metadata", "labels"), found);
    Labels.checkAnnotations(template.child("metadata", "annotations"), found);
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
    PodWarnings.tell(template.child("metadata"), spec, found);
  }

  static void check(Field spec, Violations found) {
    PodVolumes volumes = VolumeRules.check(spec.child("volumes"), found);
    checkClaims(spec.child("resourceClaims"), found);
    new ContainerRules(spec, volumes, found).checkAll();
    ResourceRules.check(spec.child("resources"), found);
    found.requiredOneOf(spec.child("restartPolicy"), RESTART_POLICIES);
    found.requiredOneOf(spec.child("dnsPolicy"), DNS_POLICIES);
    SecurityRules.checkPod(spec, found);
    checkDns(spec, found);
    for (Field gate : spec.child("readinessGates").items()) {
      found.conforms(gate.child("conditionType"), Names::qualified);
    }
    SchedulingRules.check(spec, found);
    checkNames(spec, found);
    Field deadline = spec.child("activeDeadlineSeconds");
    if (deadline.isPresent()) {
      found.inRange(deadline, 1, Integer.MAX_VALUE);
    }
    for (Field alias : spec.child("hostAliases").items()) {
      IpText.check(alias.child("ip"), found);
      for (Field host : alias.child("hostnames").items()) {
        Names.subdomain(host.text())
            .forEach(
                problem ->
                    found.add(
                        FieldError.invalid(alias.child("hostnames").path(), host.text(), problem)));
      }
    }
    found.oneOf(spec.child("preemptionPolicy"), List.of("Never", "PreemptLowerPriority"));
    ResourceRules.checkList(spec.child("overhead"), found);
  }

  private static void checkClaims(Field claims, Violations found) {
    var names = new HashSet<String>();
    for (Field claim : claims.items()) {
      Field name = claim.child("name");
      if (found.present(name, "")) {
        if (!names.add(name.text())) {
          found.duplicate(name);
        }
        found.conforms(name, Names::label);
      }
      boolean direct = claim.child("resourceClaimName").isPresent();
      boolean template = claim.child("resourceClaimTemplateName").isPresent();
      if (direct && template) {
        found.invalid(
            claim,
            "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
      } else if (!direct && !template) {
        found.invalid(
            claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
      }
    }
  }

  private static void checkDns(Field spec, Violations found) {
    Field config = spec.child("dnsConfig");
    Field servers = config.child("nameservers");
    if (spec.child("dnsPolicy").text().equals("None")) {
      if (!config.isPresent()) {
        found.required(config, "must provide `dnsConfig` when `dnsPolicy` is None");
        return;
      }
      if (servers.isEmpty()) {
        found.required(
            servers, "must provide at least one DNS nameserver when `dnsPolicy` is None");
        return;
      }
    }
    if (servers.items().size() > 3) {
      found.invalid(servers, "must not have more than 3 nameservers");
    }
    servers.items().forEach(server -> IpText.check(server, found));
    Field searches = config.child("searches");
    if (searches.items().size() > MOST_SEARCHES) {
      found.invalid(searches, "must not have more than " + MOST_SEARCHES + " search paths");
    }
    int length = Math.max(0, searches.items().size() - 1);
    for (Field search : searches.items()) {
      length += search.text().length();
      String bare = search.text().replaceFirst("\\.$", "").replace('_', '-');
      if (!bare.isEmpty()) {
        Names.subdomain(bare).forEach(problem -> found.invalid(search, problem));
      }
    }
    if (length > LONGEST_SEARCH) {
      found.invalid(
          searches,
          "must not have more than 2048 characters (including spaces) in the search list");
    }
    for (Field option : config.child("options").items()) {
      found.present(option.child("name"), "must not be empty");
    }
  }

  private static void checkNames(Field spec, Violations found) {
    for (String field :
        List.of("serviceAccountName", "nodeName", "priorityClassName", "runtimeClassName")) {
      if (!spec.child(field).isEmpty()) {
        found.conforms(spec.child(field), Names::subdomain);
      }
    }
    for (String field : List.of("hostname", "subdomain")) {
      if (!spec.child(field).isEmpty()) {
        found.conforms(spec.child(field), Names::label);
      }
    }
    if (!spec.child("hostnameOverride").isEmpty()) {
      found.conforms(spec.child("hostnameOverride"), Names::subdomain);
      if (spec.child("hostNetwork").isTrue()) {
        found.forbidden(
            spec.child("hostnameOverride"), "must not be set when spec.hostNetwork is set to true");
      }
    }
    if (!spec.child("schedulingGates").isEmpty() && !spec.child("nodeName").isEmpty()) {
      found.forbidden(
          spec.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
  }
}
