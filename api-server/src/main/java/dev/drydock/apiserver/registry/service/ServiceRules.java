package dev.drydock.apiserver.registry.service;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the spec and the status of a Service must be like.
///
/// Source: `ValidateService` of `pkg/apis/core/validation`.
final class ServiceRules {
  private static final List<String> TYPES =
      List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final List<String> POLICIES = List.of("Cluster", "Local");
  private static final List<String> DISTRIBUTIONS =
      List.of("PreferClose", "PreferSameNode", "PreferSameZone");
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";
  private static final String MODE = "service.kubernetes.io/topology-mode";
  private static final String RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
  private static final int LONGEST_AFFINITY = 86400;
  private static final String ONLY_BALANCED = "may only be used when `type` is 'LoadBalancer'";

  private ServiceRules() {}

  static void check(Field service, Violations found) {
    Field spec = service.child("spec");
    String type = spec.child("type").text();
    boolean headless = isHeadless(spec.value());
    checkHints(service.child("metadata", "annotations"), found);
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
      checkExternalName(spec, found);
    }
    PortRules.check(ports, found);
    Labels.check(spec.child("selector"), found);
    checkAffinity(spec, found);
    if (!type.equals(ServiceStrategy.EXTERNAL_NAME)) {
      AddressRules.check(spec, found);
    }
    for (Field address : spec.child("externalIPs").items()) {
      int before = found.count();
      IpText.check(address, found);
      if (found.count() == before) {
        IpText.checkRoutable(address, found);
      }
    }
    found.requiredOneOf(spec.child("type"), TYPES);
    PortRules.checkNodePorts(ports, type, found);
    checkBalancer(service, type, found);
    checkPolicies(spec, found);
  }

  static boolean isHeadless(JsonNode spec) {
    return Trees.texts(spec, "clusterIPs").equals(List.of(ServiceStrategy.NONE));
  }

  private static void checkHints(Field annotations, Violations found) {
    Field mode = annotations.child(MODE);
    Field hints = annotations.child(HINTS);
    if (mode.isPresent() && hints.isPresent() && !mode.text().equals(hints.text())) {
      found.add(
          FieldError.invalid(
              annotations + "[" + MODE + "]",
              mode.text(),
              "must match annotations[" + HINTS + "] when both are specified"));
    }
  }

  private static void checkExternalName(Field spec, Violations found) {
    for (String field : List.of("clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
      if (!spec.child(field).isEmpty()) {
        found.forbidden(spec.child(field), "may not be set for ExternalName services");
      }
    }
    Field name = spec.child("externalName");
    String host = name.text().replaceFirst("\\.$", "");
    if (host.isEmpty()) {
      found.required(name, "");
    } else {
      Names.subdomain(host).forEach(problem -> found.invalid(name, host, problem));
    }
  }

  private static void checkBalancer(Field service, String type, Violations found) {
    Field spec = service.child("spec");
    boolean balanced = type.equals("LoadBalancer");
    Field given = spec.child("loadBalancerSourceRanges");
    // The real path has this capital letter.
    Field ranges = spec.child("LoadBalancerSourceRanges").showing(given.value());
    Field annotations = service.child("metadata", "annotations");
    if (!ranges.isEmpty()) {
      if (!balanced) {
        found.forbidden(ranges, ONLY_BALANCED);
      }
      for (Field range : ranges.items()) {
        IpText.block(range.text().strip())
            .forEach(problem -> found.invalid(range, range.text().strip(), problem));
      }
    } else if (annotations.child(RANGES).isPresent()) {
      String place = annotations + "[" + RANGES + "]";
      if (!balanced) {
        found.add(FieldError.forbidden(place, ONLY_BALANCED));
      }
      for (String range : annotations.child(RANGES).text().strip().split(",", -1)) {
        if (!annotations.child(RANGES).text().isBlank()) {
          IpText.block(range.strip())
              .forEach(problem -> found.add(FieldError.invalid(place, range.strip(), problem)));
        }
      }
    }
    if (!balanced && spec.child("allocateLoadBalancerNodePorts").isPresent()) {
      found.forbidden(spec.child("allocateLoadBalancerNodePorts"), ONLY_BALANCED);
    }
    checkClass(spec, type, found);
  }

  /// The kind of load balancer.
  static void checkClass(Field spec, String type, Violations found) {
    Field balancer = spec.child("loadBalancerClass");
    if (!balancer.isPresent()) {
      return;
    }
    if (type.equals("LoadBalancer")) {
      found.conforms(balancer, Names::qualified);
    } else {
      found.forbidden(balancer, ONLY_BALANCED);
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
    Field distribution = spec.child("trafficDistribution");
    if (distribution.isPresent() && !DISTRIBUTIONS.contains(distribution.text())) {
      found.notSupported(distribution, DISTRIBUTIONS);
    }
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
      found.forbidden(points, "may only be used when `spec.type` is 'LoadBalancer'");
      return;
    }
    for (Field point : points.items()) {
      Field address = point.child("ip");
      Field mode = point.child("ipMode");
      if (!address.isEmpty()) {
        IpText.check(address, found);
      }
      if (!address.isEmpty() && !mode.isPresent()) {
        found.required(mode, "must be specified when `ip` is set");
      } else if (mode.isPresent() && address.isEmpty()) {
        found.forbidden(mode, "may not be specified when `ip` is not set");
      } else {
        found.oneOf(mode, List.of("Proxy", "VIP"));
      }
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
    boolean named = spec.child("type").text().equals(ServiceStrategy.EXTERNAL_NAME);
    boolean headless =
        spec.child("type").text().equals("ClusterIP")
            && spec.child("clusterIP").text().equals(ServiceStrategy.NONE);
    if (service.child("metadata", "annotations").child(HINTS).isPresent()) {
      found.warn("annotation " + HINTS + " is deprecated, please use " + MODE + " instead");
    }
    if (headless) {
      tellIgnored(spec, found);
    } else {
      spec.child("clusterIPs").items().forEach(address -> IpText.tellUnusual(address, found));
    }
    Field external = spec.child("externalIPs");
    external.items().forEach(address -> IpText.tellUnusual(address, found));
    if (!external.isEmpty() && !headless && !named) {
      found.warn(
          "spec.externalIPs is deprecated and may no longer be implemented in some clusters");
    }
    if (!spec.child("loadBalancerIP").isEmpty()) {
      IpText.tellUnusual(spec.child("loadBalancerIP"), found);
    }
    if (named && !external.isEmpty()) {
      found.warn("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
    }
    if (!named && !spec.child("externalName").isEmpty()) {
      found.warn("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
    if (spec.child("trafficDistribution").text().equals("PreferClose")) {
      found.warn("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
    }
  }

  private static void tellIgnored(Field spec, Violations found) {
    for (String field : List.of("loadBalancerIP", "externalIPs")) {
      if (!spec.child(field).isEmpty()) {
        found.warn("spec." + field + " is ignored for headless services");
      }
    }
    if (!spec.child("sessionAffinity").text().equals("None")) {
      found.warn("spec.SessionAffinity is ignored for headless services");
    }
  }
}
