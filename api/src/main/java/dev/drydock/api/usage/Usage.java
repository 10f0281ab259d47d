package dev.drydock.api.usage;

import dev.drydock.api.quantity.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What one object uses of what quotas can limit, by resource (`pods`, `deployments.apps`).
public final class Usage {
  private static final String COUNT = "count/";
  private static final String STORAGE_CLASS = ".storageclass.storage.k8s.io/";
  private static final String DEVICE_CLASS = ".deviceclass.resource.k8s.io/";

  /// What a claim for all devices counts as.
  private static final long MOST_DEVICES = 32;

  /// Resources that may be counted by their bare name.
  private static final Set<String> BARE =
      Set.of(
          "pods",
          "services",
          "replicationcontrollers",
          "resourcequotas",
          "secrets",
          "configmaps",
          "persistentvolumeclaims");

  private Usage() {}

  /// @param resource qualified: `deployments.apps`
  /// @param now pods that have outlived their deletion use nothing
  public static ResourceAmounts of(String resource, JsonNode object, Instant now) {
    return switch (resource) {
      case "pods" -> PodUsage.of(object, now);
      case "services" -> service(object);
      case "persistentvolumeclaims" -> volumeClaim(object);
      case "resourceclaims.resource.k8s.io" -> deviceClaim(object);
      default -> counted(resource);
    };
  }

  /// Whether an object can use more after an update than before.
  public static boolean growsByUpdates(String resource) {
    return switch (resource) {
      case "services", "persistentvolumeclaims", "resourceclaims.resource.k8s.io" -> true;
      default -> false;
    };
  }

  /// Those of the limited things that objects of the resource can use.
  public static Set<String> relevant(String resource, Collection<String> limited) {
    var names = new HashSet<String>();
    for (String name : limited) {
      if (resourceOf(name).equals(resource)) {
        names.add(name);
      }
    }
    return names;
  }

  /// Whose objects use a limited thing: `pods` for `requests.cpu`.
  public static String resourceOf(String limited) {
    if (limited.startsWith("services.")) {
      return "services";
    }
    if (limited.equals("requests.storage") || limited.contains(STORAGE_CLASS)) {
      return "persistentvolumeclaims";
    }
    if (limited.contains(DEVICE_CLASS)) {
      return "resourceclaims.resource.k8s.io";
    }
    if (PodUsage.uses(limited)) {
      return "pods";
    }
    return limited.startsWith(COUNT) ? limited.substring(COUNT.length()) : limited;
  }

  private static ResourceAmounts counted(String resource) {
    return amounts(counts(resource));
  }

  private static Map<String, Long> counts(String resource) {
    var counts = new TreeMap<String, Long>();
    counts.put(COUNT + resource, 1L);
    if (BARE.contains(resource)) {
      counts.put(resource, 1L);
    }
    return counts;
  }

  private static ResourceAmounts amounts(Map<String, Long> counts) {
    var amounts = new TreeMap<String, Quantity>();
    counts.forEach(
        (name, count) -> amounts.put(name, Quantity.of(count, Quantity.Format.DECIMAL_SI)));
    return new ResourceAmounts(amounts);
  }

  private static ResourceAmounts service(JsonNode service) {
    Map<String, Long> used = counts("services");
    JsonNode spec = service.path("spec");
    long ports = spec.path("ports").size();
    long nodePorts =
        switch (spec.path("type").stringValue("")) {
          case "NodePort" -> ports;
          case "LoadBalancer" ->
              spec.path("allocateLoadBalancerNodePorts").booleanValue(true)
                  ? ports
                  : spec.path("ports")
                      .valueStream()
                      .filter(p -> p.path("nodePort").asInt(0) > 0)
                      .count();
          default -> 0;
        };
    used.put("services.nodeports", nodePorts);
    boolean balanced = spec.path("type").stringValue("").equals("LoadBalancer");
    used.put("services.loadbalancers", balanced ? 1L : 0L);
    return amounts(used);
  }

  private static ResourceAmounts volumeClaim(JsonNode claim) {
    Map<String, Long> used = counts("persistentvolumeclaims");
    String storageClass =
        claim
            .path("metadata")
            .path("annotations")
            .path("volume.beta.kubernetes.io/storage-class")
            .stringValue(claim.path("spec").path("storageClassName").stringValue(""));
    if (!storageClass.isEmpty()) {
      used.put(storageClass + STORAGE_CLASS + "persistentvolumeclaims", 1L);
    }
    ResourceAmounts requests =
        ResourceAmounts.of(claim.path("spec").path("resources").get("requests"));
    Quantity storage = requests.get("storage");
    Quantity allocated =
        ResourceAmounts.of(claim.path("status").get("allocatedResources")).get("storage");
    if (storage == null) {
      return amounts(used);
    }
    // A volume that could not be made smaller again still uses what it got.
    Quantity most = allocated != null && allocated.compareTo(storage) > 0 ? allocated : storage;
    var all = new TreeMap<>(amounts(used).byName());
    all.put("requests.storage", most);
    if (!storageClass.isEmpty()) {
      all.put(storageClass + STORAGE_CLASS + "requests.storage", most);
    }
    return new ResourceAmounts(all);
  }

  private static ResourceAmounts deviceClaim(JsonNode claim) {
    Map<String, Long> used = counts("resourceclaims.resource.k8s.io");
    for (JsonNode request : claim.path("spec").path("devices").path("requests")) {
      List<JsonNode> choices = new ArrayList<>();
      if (request.path("exactly").isObject()) {
        choices.add(request.path("exactly"));
      }
      request.path("firstAvailable").forEach(choices::add);
      var most = new TreeMap<String, Long>();
      for (JsonNode choice : choices) {
        String deviceClass = choice.path("deviceClassName").stringValue("");
        boolean all = choice.path("allocationMode").stringValue("").equals("All");
        long count = all ? MOST_DEVICES : choice.path("count").asLong(1);
        most.merge(deviceClass + DEVICE_CLASS + "devices", count, Math::max);
      }
      most.forEach((name, count) -> used.merge(name, count, Long::sum));
    }
    return amounts(used);
  }
}
