package dev.drydock.apiserver.registry.flowcontrol;

import dev.drydock.apiserver.registry.flowcontrol.FlowObject.Subjects;
import dev.drydock.apiserver.registry.strategy.Sameness;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The priority levels and flow schemas every cluster begins with, as objects.
public final class StandardFlows {
  /// By which version of the group they are written.
  public static final String API_VERSION = FlowObject.API_VERSION;

  /// The annotation of those that the server keeps as they are here; its owner may say `false`.
  public static final String AUTOUPDATE = FlowObject.AUTOUPDATE;

  private static final String EXEMPT = "exempt";

  /// What must always be as it is here.
  private static final Set<String> MANDATORY = Set.of(EXEMPT, "catch-all");

  private static final String MANAGER = "system:kube-controller-manager";
  private static final String SCHEDULER = "system:kube-scheduler";
  private static final String SYSTEM = "kube-system";
  private static final List<String> LEASE_VERBS = List.of("get", "create", "update");
  private static final List<String> ANYBODY =
      List.of("system:unauthenticated", "system:authenticated");

  private StandardFlows() {}

  public static boolean isMandatory(String name) {
    return MANDATORY.contains(name);
  }

  /// Whether a level is as it should be. The shares of the level for those who never wait are
  /// their owner's business.
  ///
  /// @param spec with defaults
  /// @param fixed of [#levels]
  public static boolean isLevel(JsonNode spec, ObjectNode fixed) {
    JsonNode wanted = fixed.path("spec");
    if (!FlowObject.nameOf(fixed).equals(EXEMPT)) {
      return Sameness.same(spec, wanted);
    }
    return spec.path(EXEMPT).isObject()
        && Sameness.same(withoutShares(spec), withoutShares(wanted));
  }

  private static JsonNode withoutShares(JsonNode spec) {
    ObjectNode copy = ((ObjectNode) spec).deepCopy();
    copy.remove(EXEMPT);
    return copy;
  }

  /// Whether a schema is as it should be.
  ///
  /// @param spec with defaults
  /// @param fixed of [#schemas]
  public static boolean isSchema(JsonNode spec, ObjectNode fixed) {
    return Sameness.same(spec, fixed.path("spec"));
  }

  /// The level or schema of that name, if it is one that must be as it is here.
  static Optional<ObjectNode> mandatory(List<ObjectNode> all, String name) {
    return all.stream()
        .filter(one -> FlowObject.nameOf(one).equals(name) && isMandatory(name))
        .findFirst();
  }

  public static List<ObjectNode> levels() {
    return List.of(
        exempt(),
        limited("catch-all", 5, 0),
        queuing("system", 30, 33, 64),
        queuing("node-high", 40, 25, 64),
        queuing("leader-election", 10, 0, 16),
        queuing("workload-high", 40, 50, 128),
        queuing("workload-low", 100, 90, 128),
        queuing("global-default", 20, 50, 128));
  }

  public static List<ObjectNode> schemas() {
    return List.of(
        FlowObject.named("exempt", "exempt", 1)
            .rule(Subjects.groups(List.of("system:masters")))
            .everything()
            .object(),
        FlowObject.named("probes", "exempt", 2)
            .rule(Subjects.groups(ANYBODY))
            .paths(List.of("get"), List.of("/healthz", "/readyz", "/livez"))
            .object(),
        FlowObject.named("system-leader-election", "leader-election", 100)
            .by("ByUser")
            .rule(Subjects.users(List.of(MANAGER, SCHEDULER)).accounts(SYSTEM, "*"))
            .resources(LEASE_VERBS, "coordination.k8s.io", List.of("leases"))
            .in(SYSTEM)
            .object(),
        FlowObject.named("endpoint-controller", "workload-high", 150)
            .by("ByUser")
            .rule(
                Subjects.users(List.of(MANAGER))
                    .accounts(SYSTEM, "endpoint-controller")
                    .accounts(SYSTEM, "endpointslicemirroring-controller"))
            .resources(LEASE_VERBS, "", List.of("endpoints"))
            .in("*")
            .object(),
        FlowObject.named("workload-leader-election", "leader-election", 200)
            .by("ByUser")
            .rule(Subjects.users(List.of()).accounts(SYSTEM, "*"))
            .resources(LEASE_VERBS, "coordination.k8s.io", List.of("leases"))
            .in("*")
            .object(),
        nodeHigh(),
        everything("system-nodes", "system", 500, "ByUser", List.of("system:nodes")),
        FlowObject.named("kube-controller-manager", "workload-high", 800)
            .by("ByNamespace")
            .rule(Subjects.users(List.of(MANAGER)))
            .everything()
            .object(),
        FlowObject.named("kube-scheduler", "workload-high", 800)
            .by("ByNamespace")
            .rule(Subjects.users(List.of(SCHEDULER)))
            .everything()
            .object(),
        FlowObject.named("kube-system-service-accounts", "workload-high", 900)
            .by("ByNamespace")
            .rule(Subjects.users(List.of()).accounts(SYSTEM, "*"))
            .everything()
            .object(),
        everything(
            "service-accounts", "workload-low", 9000, "ByUser", List.of("system:serviceaccounts")),
        everything("global-default", "global-default", 9900, "ByUser", ANYBODY),
        everything("catch-all", "catch-all", 10000, "ByUser", ANYBODY));
  }

  private static ObjectNode nodeHigh() {
    return FlowObject.named("system-node-high", "node-high", 400)
        .by("ByUser")
        .rule(Subjects.groups(List.of("system:nodes")))
        .resources(List.of("*"), "", List.of("nodes", "nodes/status"))
        .in("*")
        .clusterWide()
        .resources(List.of("*"), "coordination.k8s.io", List.of("leases"))
        .in("*")
        .object();
  }

  private static ObjectNode everything(
      String name, String level, int precedence, String by, List<String> groups) {
    return FlowObject.named(name, level, precedence)
        .by(by)
        .rule(Subjects.groups(groups))
        .everything()
        .object();
  }

  private static ObjectNode exempt() {
    ObjectNode object = level("exempt");
    object
        .putObject("spec")
        .put("type", "Exempt")
        .putObject("exempt")
        .put("nominalConcurrencyShares", 0)
        .put("lendablePercent", 0);
    return object;
  }

  private static ObjectNode limited(String name, int shares, int lendable) {
    ObjectNode object = level(name);
    object
        .putObject("spec")
        .put("type", "Limited")
        .putObject("limited")
        .put("nominalConcurrencyShares", shares)
        .put("lendablePercent", lendable)
        .putObject("limitResponse")
        .put("type", "Reject");
    return object;
  }

  private static ObjectNode queuing(String name, int shares, int lendable, int queues) {
    ObjectNode object = limited(name, shares, lendable);
    ((ObjectNode) object.path("spec").path("limited").path("limitResponse"))
        .put("type", "Queue")
        .putObject("queuing")
        .put("queues", queues)
        .put("handSize", queues < 64 ? 4 : 6)
        .put("queueLengthLimit", 50);
    return object;
  }

  private static ObjectNode level(String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", FlowObject.API_VERSION).put("kind", "PriorityLevelConfiguration");
    object
        .putObject("metadata")
        .put("name", name)
        .putObject("annotations")
        .put(FlowObject.AUTOUPDATE, "true");
    return object;
  }
}
