package dev.drydock.apiserver.registry.service;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Services.
public final class ServiceStrategy implements ResourceStrategy {
  static final String NONE = "None";
  static final String EXTERNAL_NAME = "ExternalName";
  private static final Traits TRAITS =
      Traits.USUAL.named(Names::label1035).selectableBy("spec.clusterIP", "spec.type");
  private static final int AFFINITY_SECONDS = 10800;

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
    } else {
      spec.remove("sessionAffinityConfig");
    }
    normalizeAddresses(spec);
    if (!type.equals(EXTERNAL_NAME)) {
      Trees.putDefault(spec, "internalTrafficPolicy", "Cluster");
    }
    if (hasNodePorts(type) || Trees.isFilled(spec, "externalIPs")) {
      Trees.putDefault(spec, "externalTrafficPolicy", "Cluster");
    }
    if (type.equals("LoadBalancer")) {
      Trees.putDefault(spec, "allocateLoadBalancerNodePorts", true);
    }
  }

  /// `clusterIP` is the first of `clusterIPs`, whichever of the two the client named.
  private static void normalizeAddresses(ObjectNode spec) {
    String single = Trees.text(spec, "clusterIP");
    List<String> all = Trees.texts(spec, "clusterIPs");
    if (!single.isEmpty() && all.isEmpty()) {
      spec.putArray("clusterIPs").add(single);
    } else if (single.isEmpty() && !all.isEmpty()) {
      spec.put("clusterIP", all.getFirst());
    }
    if (single.isEmpty() && all.isEmpty()) {
      spec.remove(List.of("clusterIP", "clusterIPs"));
    }
  }

  @Override
  public void prepareForCreate(ObjectNode service) {
    ObjectNode spec = Trees.child(service, "spec");
    applyFamilies(spec);
    dropWhatTheTypeHasNot(spec);
  }

  private static void applyFamilies(ObjectNode spec) {
    if (Trees.text(spec, "type").equals(EXTERNAL_NAME)) {
      spec.remove(List.of("ipFamilies", "ipFamilyPolicy"));
      return;
    }
    boolean bare = Trees.text(spec, "clusterIP").equals(NONE) && !Trees.isFilled(spec, "selector");
    if (!Trees.isFilled(spec, "ipFamilies")) {
      ArrayNode families = spec.putArray("ipFamilies").add("IPv4");
      if (bare && !spec.has("ipFamilyPolicy")) {
        families.add("IPv6");
      }
    }
    Trees.putDefault(spec, "ipFamilyPolicy", bare ? "RequireDualStack" : "SingleStack");
  }

  private static void dropWhatTheTypeHasNot(ObjectNode spec) {
    String type = Trees.text(spec, "type");
    if (!hasNodePorts(type) && !Trees.isFilled(spec, "externalIPs")) {
      spec.remove("externalTrafficPolicy");
    }
    if (!type.equals("LoadBalancer")) {
      spec.remove(List.of("allocateLoadBalancerNodePorts", "loadBalancerClass"));
    }
    boolean checksHealth =
        type.equals("LoadBalancer") && Trees.text(spec, "externalTrafficPolicy").equals("Local");
    if (!checksHealth) {
      spec.remove("healthCheckNodePort");
    }
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
    if (!Trees.isFilled(spec, "ipFamilies")) {
      Trees.restore(spec, old, "ipFamilies");
    }
    if (!spec.has("ipFamilyPolicy")) {
      Trees.restore(spec, old, "ipFamilyPolicy");
    }
    keepNodePorts(spec, old);
    if (!spec.has("healthCheckNodePort")) {
      Trees.restore(spec, old, "healthCheckNodePort");
    }
    applyFamilies(spec);
    dropWhatTheTypeHasNot(spec);
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
    ServiceRules.check(Field.root(service).child("spec"), found);
  }

  @Override
  public void validateUpdate(ObjectNode service, ObjectNode before, Violations found) {
    Field spec = Field.root(service).child("spec");
    ServiceRules.check(spec, found);
    String old = Trees.text(before, "spec", "clusterIP");
    boolean mayChange =
        Trees.text(before, "spec", "type").equals(EXTERNAL_NAME)
            || spec.child("type").text().equals(EXTERNAL_NAME);
    if (!mayChange && !old.isEmpty() && !old.equals(spec.child("clusterIP").text())) {
      found.add(
          FieldError.invalid(
              "spec.clusterIPs[0]",
              new ServiceRules.Shown(spec.child("clusterIPs").value().toString()),
              "may not change once set"));
    }
  }
}
