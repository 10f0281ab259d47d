package dev.drydock.apiserver.registry.bootstrap;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.registry.policy.PriorityClassStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Creates what every cluster has: the system's namespaces and priority classes, and the Service
/// `kubernetes` with the addresses of the api-servers. May be done again, and by several
/// api-servers at once.
public final class Bootstrap {
  private static final List<String> NAMESPACES =
      List.of("kube-system", "kube-public", "kube-node-lease", "default");
  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "system-cluster-critical",
          "Used for system critical pods that must run in the cluster, but can be moved to"
              + " another node if necessary.",
          "system-node-critical",
          "Used for system critical pods that must not be moved from their current node.");
  private static final WriteOptions WRITE =
      new WriteOptions(
          WriteOptions.Persistence.STORED, "kube-apiserver", WriteOptions.FieldValidation.STRICT);

  private final ApiService api;
  private final InstantSource clock;
  private final ServerAddress server;

  /// Where clients inside the cluster find this api-server.
  ///
  /// @param clusterIp of the Service `kubernetes`: the first of the range
  /// @param clusterIps the range, in CIDR notation
  /// @param address and
  /// @param port where this api-server listens for REST
  public record ServerAddress(String clusterIp, String clusterIps, String address, int port) {}

  public Bootstrap(ApiService api, InstantSource clock, ServerAddress server) {
    this.api = api;
    this.clock = clock;
    this.server = server;
  }

  /// Creates what is missing. Blocking; to be called before requests are accepted.
  public void run() {
    for (String namespace : NAMESPACES) {
      create("v1", "namespaces", "", named(namespace));
    }
    PriorityClassStrategy.SYSTEM.forEach(
        (name, value) -> {
          ObjectNode priorityClass = named(name);
          priorityClass.put("value", value);
          priorityClass.put("description", DESCRIPTIONS.get(name));
          create("scheduling.k8s.io/v1", "priorityclasses", "", priorityClass);
        });
    ObjectNode range = named("kubernetes");
    range.putObject("spec").putArray("cidrs").add(server.clusterIps());
    create("networking.k8s.io/v1", "servicecidrs", "", range);
    declareReady();
    create("v1", "services", "default", service());
    announce();
  }

  /// The first range serves before any controller has looked at it.
  private void declareReady() {
    var target = new Target(type("networking.k8s.io/v1", "servicecidrs"), "", "kubernetes", "");
    ObjectNode range = api.get(context(), target, ReadOptions.NONE).tree();
    for (ObjectNode condition : Trees.objects(range, "status", "conditions")) {
      if (Trees.text(condition, "type").equals("Ready")) {
        return;
      }
    }
    ObjectNode patch = Trees.object();
    Trees.list(Trees.child(patch, "status"), "conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", "True")
        .put("reason", "")
        .put("message", "Kubernetes default Service CIDR is ready")
        .put("lastTransitionTime", KubernetesTime.seconds(clock.instant()));
    api.patch(
        context(),
        new Target(target.type(), "", "kubernetes", "status"),
        new PatchBody.Merge(patch),
        WRITE);
  }

  private ObjectNode service() {
    ObjectNode service = labelled();
    ObjectNode spec = service.putObject("spec");
    spec.put("clusterIP", server.clusterIp()).put("type", "ClusterIP");
    spec.put("sessionAffinity", "None");
    spec.putArray("ports")
        .addObject()
        .put("name", "https")
        .put("protocol", "TCP")
        .put("port", 443)
        .put("targetPort", server.port());
    return service;
  }

  /// Adds this server to the Service's endpoints.
  private void announce() {
    ObjectNode endpoints = labelled();
    labels(endpoints).put("endpointslice.kubernetes.io/skip-mirror", "true");
    ObjectNode subset = endpoints.putArray("subsets").addObject();
    subset.putArray("addresses").addObject().put("ip", server.address());
    subset.putArray("ports").addObject().put("name", "https").put("port", server.port());
    if (!create("v1", "endpoints", "default", endpoints)) {
      amend("v1", "endpoints", this::addToEndpoints);
    }
    ObjectNode slice = named("kubernetes");
    labels(slice).put("kubernetes.io/service-name", "kubernetes");
    slice.put("addressType", "IPv4");
    addToSlice(slice);
    slice
        .putArray("ports")
        .addObject()
        .put("name", "https")
        .put("protocol", "TCP")
        .put("port", server.port());
    if (!create("discovery.k8s.io/v1", "endpointslices", "default", slice)) {
      amend("discovery.k8s.io/v1", "endpointslices", this::addToSlice);
    }
  }

  private void addToEndpoints(ObjectNode endpoints) {
    for (ObjectNode subset : Trees.objects(endpoints, "subsets")) {
      for (ObjectNode address : Trees.objects(subset, "addresses")) {
        if (Trees.text(address, "ip").equals(server.address())) {
          return;
        }
      }
      Trees.list(subset, "addresses").addObject().put("ip", server.address());
    }
  }

  private void addToSlice(ObjectNode slice) {
    for (ObjectNode endpoint : Trees.objects(slice, "endpoints")) {
      if (Trees.texts(endpoint, "addresses").contains(server.address())) {
        return;
      }
    }
    ObjectNode endpoint = Trees.list(slice, "endpoints").addObject();
    endpoint.putArray("addresses").add(server.address());
    endpoint.putObject("conditions").put("ready", true);
  }

  /// A change of the object `kubernetes` in `default`.
  private interface Amendment {
    void apply(ObjectNode object);
  }

  private void amend(String apiVersion, String resource, Amendment amendment) {
    var target = new Target(type(apiVersion, resource), "default", "kubernetes", "");
    while (true) {
      ObjectNode object = api.get(context(), target, ReadOptions.NONE).tree().deepCopy();
      amendment.apply(object);
      try {
        api.update(context(), target, object, WRITE);
        return;
      } catch (ApiException conflict) {
        if (!conflict.isConflict()) {
          throw conflict;
        }
      }
    }
  }

  /// @return whether it was not there
  private boolean create(String apiVersion, String resource, String namespace, ObjectNode object) {
    ResourceType type = type(apiVersion, resource);
    var target = new Target(type, namespace, "", "");
    try {
      String name = Trees.text(object, "metadata", "name");
      if (exists(target.withName(name))) {
        return false;
      }
      api.create(context(), target, object, WRITE);
      return true;
    } catch (ApiException present) {
      if (present.isAlreadyExists()) {
        return false;
      }
      throw present;
    }
  }

  private boolean exists(Target target) {
    try {
      api.get(context(), target, ReadOptions.NONE);
      return true;
    } catch (ApiException missing) {
      if (missing.isNotFound()) {
        return false;
      }
      throw missing;
    }
  }

  private RequestContext context() {
    return new RequestContext(
        User.of("system:apiserver", List.of(User.MASTERS, User.AUTHENTICATED)),
        "kube-apiserver",
        List.of(),
        clock.instant(),
        _ -> {});
  }

  private static ResourceType type(String apiVersion, String resource) {
    return BuiltInTypes.get().type(apiVersion, resource);
  }

  private static ObjectNode named(String name) {
    ObjectNode object = Trees.object();
    object.putObject("metadata").put("name", name);
    return object;
  }

  private static ObjectNode labelled() {
    ObjectNode object = named("kubernetes");
    labels(object).put("component", "apiserver").put("provider", "kubernetes");
    return object;
  }

  private static ObjectNode labels(ObjectNode object) {
    return Trees.child(Trees.child(object, "metadata"), "labels");
  }
}
