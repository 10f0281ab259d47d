package dev.drydock.apiserver.registry.service;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// What the spec and the status of a Service must be like.
///
/// Source: `ValidateService` of `pkg/apis/core/validation`.
final class ServiceRules {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> POLICIES = List.of("Cluster", "Local");
  private static final List<String> DISTRIBUTIONS =
      List.of("PreferClose", "PreferSameNode", "PreferSameZone");
  private static final List<String> FAMILIES = List.of("IPv4", "IPv6");
  private static final int LONGEST_AFFINITY = 86400;
  private static final String ONLY_BALANCED = "may only be used when `type` is 'LoadBalancer'";

  private ServiceRules() {}

  /// JSON in a message.
  record Shown(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  static void check(Field spec, Violations found) {
    String type = spec.child("type").text();
    boolean headless = spec.child("clusterIP").text().equals(ServiceStrategy.NONE);
    Field ports = spec.child("ports");
    if (ports.isEmpty() && !headless && !type.equals(ServiceStrategy.EXTERNAL_NAME)) {
      found.required(ports, "");
    }
    if (headless && ServiceStrategy.hasNodePorts(type)) {
      found.add(
          FieldError.invalid(
              "spec.clusterIPs[0]",
              ServiceStrategy.NONE,
              "may not be set to 'None' for " + type + " services"));
    }
    if (type.equals(ServiceStrategy.EXTERNAL_NAME)) {
      checkExternalName(spec.child("externalName"), found);
    }
    PortRules.check(ports, type, found);
    Labels.check(spec.child("selector"), found);
    checkAffinity(spec, found);
    checkAddresses(spec, type, found);
    for (Field address : spec.child("externalIPs").items()) {
      if (IpText.family(address.text()) == null) {
        found.invalid(address, IpText.BAD_ADDRESS);
      } else {
        IpText.checkRoutable(address, found);
      }
    }
    found.requiredOneOf(spec.child("type"), TYPES);
    checkBalancer(spec, type, found);
    checkPolicies(spec, found);
  }

  private static void checkExternalName(Field name, Violations found) {
    String host = name.text().replaceFirst("\\.$", "");
    if (name.isEmpty()) {
      found.required(name, "");
    } else {
      Names.subdomain(host).forEach(problem -> found.invalid(name, problem));
    }
  }

  private static void checkAddresses(Field spec, String type, Violations found) {
    Field addresses = spec.child("clusterIPs");
    Field families = spec.child("ipFamilies");
    if (type.equals(ServiceStrategy.EXTERNAL_NAME)) {
      for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
        if (!spec.child(field).isEmpty()) {
          found.forbidden(spec.child(field), "may not be set for ExternalName services");
        }
      }
      return;
    }
    String first = spec.child("clusterIP").text();
    if (!addresses.isEmpty() && !addresses.items().getFirst().text().equals(first)) {
      found.invalid(
          addresses,
          first.isEmpty()
              ? "must be empty when `clusterIP` is not specified"
              : "first value must match `clusterIP`");
    }
    checkFamilies(spec, families, found);
    var seen = new HashSet<String>();
    var seenFamilies = new HashSet<IpText.Family>();
    for (Field address : addresses.items()) {
      if (!seen.add(address.text())) {
        found.duplicate(address);
        continue;
      }
      if (address.text().equals(ServiceStrategy.NONE)) {
        if (addresses.items().size() > 1) {
          found.invalid(address, "must be a valid IP, 'None' must be the only value");
        }
        continue;
      }
      IpText.Family family = IpText.family(address.text());
      if (family == null) {
        found.invalid(address, IpText.BAD_ADDRESS);
      } else if (!seenFamilies.add(family)) {
        found.invalid(addresses, "may specify no more than one IP for each IP family");
      }
    }
    if (addresses.items().size() > 2) {
      found.invalid(addresses, "may only hold up to 2 values");
    }
  }

  private static void checkFamilies(Field spec, Field families, Violations found) {
    boolean bare =
        spec.child("clusterIP").text().equals(ServiceStrategy.NONE)
            && spec.child("selector").isEmpty();
    Field policy = spec.child("ipFamilyPolicy");
    found.oneOf(policy, List.of("PreferDualStack", "RequireDualStack", "SingleStack"));
    if (policy.text().equals("RequireDualStack") && !bare) {
      found.invalid(policy, "this cluster is not configured for dual-stack services");
    }
    var seen = new HashSet<String>();
    for (Field family : families.items()) {
      if (!FAMILIES.contains(family.text())) {
        found.notSupported(family, FAMILIES);
      } else if (!seen.add(family.text())) {
        found.duplicate(family);
      } else if (family.text().equals("IPv6") && !bare) {
        found.invalid(family, "not configured on this cluster");
      }
    }
    if (families.items().size() > 1 && policy.text().equals("SingleStack")) {
      found.invalid(
          policy,
          "must be RequireDualStack or PreferDualStack when multiple"
              + " `ipFamilies` are specified");
    }
  }

  private static void checkBalancer(Field spec, String type, Violations found) {
    boolean balanced = type.equals("LoadBalancer");
    Field ranges = spec.child("loadBalancerSourceRanges");
    if (!ranges.isEmpty()) {
      if (!balanced) {
        found.forbidden(ranges, ONLY_BALANCED);
      }
      for (Field range : ranges.items()) {
        if (IpText.blockFamily(range.text().strip()) == null) {
          found.invalid(range, IpText.BAD_BLOCK);
        }
      }
    }
    Field allocate = spec.child("allocateLoadBalancerNodePorts");
    if (balanced && !allocate.isPresent()) {
      found.required(allocate, "");
    }
    for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
      if (!balanced && spec.child(field).isPresent()) {
        found.forbidden(spec.child(field), ONLY_BALANCED);
      }
    }
    if (balanced && spec.child("loadBalancerClass").isPresent()) {
      found.conforms(spec.child("loadBalancerClass"), Names::qualified);
    }
  }

  private static void checkPolicies(Field spec, Violations found) {
    Field external = spec.child("externalTrafficPolicy");
    if (ServiceStrategy.isReachable(spec.value())) {
      found.requiredOneOf(external, POLICIES);
    } else if (!external.isEmpty()) {
      found.invalid(external, "may only be set for externally-accessible services");
    }
    Field health = spec.child("healthCheckNodePort");
    if (health.number(0) != 0) {
      if (!ServiceStrategy.checksHealth(spec.value())) {
        found.invalid(
            health,
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is"
                + " 'Local'");
      } else {
        found.inRange(health, 1, 65535);
      }
    }
    found.oneOf(spec.child("internalTrafficPolicy"), POLICIES);
    found.oneOf(spec.child("trafficDistribution"), DISTRIBUTIONS);
  }

  private static void checkAffinity(Field spec, Violations found) {
    Field affinity = spec.child("sessionAffinity");
    found.requiredOneOf(affinity, List.of("ClientIP", "None"));
    Field config = spec.child("sessionAffinityConfig");
    if (affinity.text().equals("ClientIP")) {
      Field seconds = config.child("clientIP", "timeoutSeconds");
      if (seconds.number(0) <= 0 || seconds.number(0) > LONGEST_AFFINITY) {
        found.invalid(seconds, "must be greater than 0 and less than " + LONGEST_AFFINITY);
      }
    } else if (affinity.text().equals("None") && config.isPresent()) {
      found.forbidden(config, "must not be set when session affinity is None");
    }
  }

  /// What a load balancer reports.
  static void checkStatus(Field service, Violations found) {
    Field points = service.child("status", "loadBalancer").child("ingress");
    String type = service.child("spec", "type").text();
    if (!points.isEmpty() && !type.equals("LoadBalancer")) {
      found.forbidden(points, "may only be used when `spec.type` is \"LoadBalancer\"");
      return;
    }
    for (Field point : points.items()) {
      Field address = point.child("ip");
      Field mode = point.child("ipMode");
      if (!address.isEmpty()) {
        IpText.check(address, found);
        if (!mode.isPresent()) {
          found.required(mode, "must be specified when `ip` is set");
        }
      } else if (mode.isPresent()) {
        found.forbidden(mode, "may not be specified when `ip` is not set");
      }
      found.oneOf(mode, List.of("Proxy", "VIP"));
      Field host = point.child("hostname");
      if (!host.isEmpty()) {
        found.conforms(host, Names::subdomain);
        if (IpText.family(host.text()) != null) {
          found.invalid(host, "must be a DNS name, not an IP address");
        }
      }
    }
  }

  static void warn(Field service, Violations found) {
    Field spec = service.child("spec");
    if (spec.child("sessionAffinity").text().equals("ClientIP")
        && spec.child("clusterIP").text().equals(ServiceStrategy.NONE)) {
      found.warn("spec.SessionAffinity is ignored for headless services");
    }
    if (!spec.child("externalName").isEmpty()
        && !spec.child("type").text().equals(ServiceStrategy.EXTERNAL_NAME)) {
      found.warn("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
    if (service
        .child("metadata", "annotations")
        .child("service.kubernetes.io/topology-aware-hints")
        .isPresent()) {
      found.warn(
          "annotation service.kubernetes.io/topology-aware-hints is deprecated, please use"
              + " service.kubernetes.io/topology-mode instead");
    }
  }
}
