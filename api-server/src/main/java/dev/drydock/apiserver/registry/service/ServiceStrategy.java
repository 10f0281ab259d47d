package dev.drydock.apiserver.registry.service;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Services.
public final class ServiceStrategy implements ResourceStrategy {
  static final String NONE = "None";
  static final String EXTERNAL_NAME = "ExternalName";
  private static final Traits TRAITS =
      Traits.USUAL.named(Names::label).selectableBy("spec.clusterIP", "spec.type");
  private static final int AFFINITY_SECONDS = 10800;

  @Override
  public boolean isCreatedByUpdates() {
    return true;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode service) {
    ObjectNode spec = Trees.child(service, "spec");
    String type = Trees.text(spec, "type");
    for (ObjectNode port : Trees.objects(spec, "ports")) {
      boolean noTarget =
          !Trees.isFilled(port, "targetPort")
              || Trees.number(port, 1, "targetPort") == 0
              || (Trees.at(port, "targetPort").isString()
                  && Trees.text(port, "targetPort").isEmpty());
      if (noTarget && port.has("port")) {
        port.set("targetPort", port.get("port"));
      }
    }
    if (Trees.text(spec, "sessionAffinity").equals("ClientIP")) {
      ObjectNode client = Trees.child(Trees.child(spec, "sessionAffinityConfig"), "clientIP");
      Trees.putDefault(client, "timeoutSeconds", AFFINITY_SECONDS);
    } else if (Trees.text(spec, "sessionAffinity").equals("None")) {
      spec.remove("sessionAffinityConfig");
    }
    normalizeAddresses(spec);
    if (!type.equals(EXTERNAL_NAME)) {
      Trees.putDefault(spec, "internalTrafficPolicy", "Cluster");
    }
    if (isReachable(spec) && Trees.text(spec, "externalTrafficPolicy").isEmpty()) {
      spec.put("externalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer")) {
      Trees.putDefault(spec, "allocateLoadBalancerNodePorts", true);
    }
    for (ObjectNode point : Trees.objects(service, "status", "loadBalancer", "ingress")) {
      if (type.equals("LoadBalancer") && !Trees.text(point, "ip").isEmpty()) {
        Trees.putDefault(point, "ipMode", "VIP");
      }
    }
  }

  /// `clusterIPs` follow `clusterIP`, for clients that know only the one; not the other way round.
  private static void normalizeAddresses(ObjectNode spec) {
    String single = Trees.text(spec, "clusterIP");
    List<String> all = Trees.texts(spec, "clusterIPs");
    if (!single.isEmpty() && all.isEmpty()) {
      spec.putArray("clusterIPs").add(single);
    }
    if (single.isEmpty() && all.isEmpty()) {
      spec.remove(List.of("clusterIP", "clusterIPs"));
    }
  }

  @Override
  public void prepareForCreate(ObjectNode service) {
    ObjectNode spec = Trees.child(service, "spec");
    applyFamilies(spec);
  }

  private static void applyFamilies(ObjectNode spec) {
    if (Trees.text(spec, "type").equals(EXTERNAL_NAME)) {
      return;
    }
    boolean bare = Trees.text(spec, "clusterIP").equals(NONE) && !Trees.isFilled(spec, "selector");
    if (!Trees.isFilled(spec, "ipFamilies")) {
      ArrayNode families = spec.putArray("ipFamilies").add("IPv4");
      if (bare && !Trees.text(spec, "ipFamilyPolicy").equals("SingleStack")) {
        families.add("IPv6");
      }
    }
    Trees.putDefault(spec, "ipFamilyPolicy", bare ? "RequireDualStack" : "SingleStack");
  }

  /// Takes away what the type had before and has no more, unless the client just set it.
  private static void dropWhatTheTypeHadOnly(ObjectNode spec, ObjectNode old) {
    boolean balanced = Trees.text(spec, "type").equals("LoadBalancer");
    if (Trees.text(old, "type").equals("LoadBalancer") && !balanced) {
      dropSame(spec, old, "allocateLoadBalancerNodePorts");
      dropSame(spec, old, "loadBalancerClass");
    }
    if (isReachable(old) && !isReachable(spec)) {
      dropSame(spec, old, "externalTrafficPolicy");
    }
    if (checksHealth(old) && !checksHealth(spec)) {
      dropSame(spec, old, "healthCheckNodePort");
    }
    if (Trees.text(spec, "type").equals(EXTERNAL_NAME)
        && !Trees.text(old, "type").equals(EXTERNAL_NAME)) {
      dropSame(spec, old, "ipFamilies");
      dropSame(spec, old, "ipFamilyPolicy");
      dropSame(spec, old, "internalTrafficPolicy");
    }
  }

  private static void dropSame(ObjectNode spec, ObjectNode old, String field) {
    if (Trees.at(spec, field).equals(Trees.at(old, field))) {
      spec.remove(field);
    }
  }

  /// Whether it is reachable from outside the cluster.
  static boolean isReachable(JsonNode spec) {
    String type = Trees.text(spec, "type");
    return hasNodePorts(type) || (type.equals("ClusterIP") && Trees.isFilled(spec, "externalIPs"));
  }

  /// Whether a port of every node tells whether the service has endpoints there.
  static boolean checksHealth(JsonNode spec) {
    return Trees.text(spec, "type").equals("LoadBalancer")
        && Trees.text(spec, "externalTrafficPolicy").equals("Local");
  }

  static boolean hasNodePorts(String type) {
    return type.equals("NodePort") || type.equals("LoadBalancer");
  }

  /// Keeps what was given to the service before, where the client does not say otherwise.
  @Override
  public void prepareForUpdate(ObjectNode service, ObjectNode before) {
    ObjectNode spec = Trees.child(service, "spec");
    if (!(before.get("spec") instanceof ObjectNode old)) {
      return;
    }
    String type = Trees.text(spec, "type");
    String oldType = Trees.text(old, "type");
    boolean changes = !type.equals(oldType);
    if (type.equals(EXTERNAL_NAME)) {
      if (changes && Trees.at(spec, "clusterIP").equals(Trees.at(old, "clusterIP"))) {
        spec.remove(List.of("clusterIP", "clusterIPs"));
      }
    } else if (!oldType.equals(EXTERNAL_NAME) && !Trees.isFilled(spec, "clusterIP")) {
      Trees.restore(spec, old, "clusterIP");
      Trees.restore(spec, old, "clusterIPs");
    }
    if (!type.equals(EXTERNAL_NAME) && !oldType.equals(EXTERNAL_NAME)) {
      if (!Trees.isFilled(spec, "ipFamilies")) {
        Trees.restore(spec, old, "ipFamilies");
      }
      if (!spec.has("ipFamilyPolicy")) {
        Trees.restore(spec, old, "ipFamilyPolicy");
      }
    }
    keepNodePorts(spec, old);
    if (checksHealth(spec)
        && checksHealth(old)
        && Trees.number(spec, 0, "healthCheckNodePort") == 0) {
      Trees.restore(spec, old, "healthCheckNodePort");
    }
    dropWhatTheTypeHadOnly(spec, old);
    applyFamilies(spec);
  }

  private static void keepNodePorts(ObjectNode spec, ObjectNode old) {
    String type = Trees.text(spec, "type");
    boolean had = hasNodePorts(Trees.text(old, "type"));
    for (ObjectNode port : Trees.objects(spec, "ports")) {
      for (ObjectNode was : Trees.objects(old, "ports")) {
        boolean same =
            Trees.text(port, "protocol").equals(Trees.text(was, "protocol"))
                && Trees.number(port, 0, "port") == Trees.number(was, 0, "port");
        if (!same) {
          continue;
        }
        long oldNodePort = Trees.number(was, 0, "nodePort");
        if (hasNodePorts(type) && Trees.number(port, 0, "nodePort") == 0 && oldNodePort != 0) {
          port.set("nodePort", Trees.whole(oldNodePort));
        } else if (!hasNodePorts(type) && had && Trees.number(port, 0, "nodePort") == oldNodePort) {
          port.remove("nodePort");
        }
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode service, Violations found) {
    Field root = Field.root(service);
    ServiceRules.check(root, found);
    ServiceRules.warn(root, found);
  }

  @Override
  public void validateUpdate(ObjectNode service, ObjectNode before, Violations found) {
    Field root = Field.root(service);
    if (!Trees.at(service, "status").equals(Trees.at(before, "status"))) {
      ServiceRules.checkStatus(root, found);
      for (Field point : root.child("status", "loadBalancer").child("ingress").items()) {
        IpText.tellUnusual(point.child("ip"), found);
      }
    }
    if (Trees.at(service, "spec").equals(Trees.at(before, "spec"))) {
      return;
    }
    Field spec = root.child("spec");
    JsonNode old = Trees.at(before, "spec");
    AddressRules.checkChanged(spec, old, found);
    String type = spec.child("type").text();
    Field balancer = spec.child("loadBalancerClass");
    if (Trees.text(old, "type").equals("LoadBalancer")
        && type.equals("LoadBalancer")
        && Violations.differs(balancer, Trees.at(old, "loadBalancerClass"))) {
      found.invalid(balancer, InnerForm.plain(balancer), "may not change once set");
    }
    ServiceRules.checkClass(spec, type, found);
    if (checksHealth(old)
        && checksHealth(spec.value())
        && spec.child("healthCheckNodePort").number(0)
            != Trees.number(old, 0, "healthCheckNodePort")) {
      found.forbidden(spec.child("healthCheckNodePort"), "field is immutable");
    }
    ServiceRules.check(root, found);
    ServiceRules.warn(root, found);
  }
}
