package dev.drydock.api.usage;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.time.KubernetesTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What pods use.
public final class PodUsage {
  /// Where a quota limits one of these, every container must say how much it wants.
  private static final Set<String> DEMANDED =
      Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

  private static final Quantity ONE = Quantity.of(1, Quantity.Format.DECIMAL_SI);
  private static final String HUGE_PAGES = "hugepages-";

  private PodUsage() {}

  static ResourceAmounts of(JsonNode pod, Instant now) {
    var used = new TreeMap<String, Quantity>();
    used.put("count/pods", ONE);
    if (isCounted(pod, now)) {
      used.put("pods", ONE);
      addCompute(used, PodResources.requests(pod), PodResources.limits(pod));
    }
    return new ResourceAmounts(used);
  }

  /// A pod that has ended, or has been deleted and outlived its grace, uses nothing.
  private static boolean isCounted(JsonNode pod, Instant now) {
    String phase = pod.path("status").path("phase").stringValue("");
    if (phase.equals("Failed") || phase.equals("Succeeded")) {
      return false;
    }
    JsonNode metadata = pod.path("metadata");
    String deleted = metadata.path("deletionTimestamp").stringValue("");
    if (deleted.isEmpty()) {
      return true;
    }
    long grace = metadata.path("deletionGracePeriodSeconds").asLong(0);
    return !now.isAfter(KubernetesTime.parseOrEpoch(deleted).plusSeconds(grace));
  }

  private static void addCompute(
      Map<String, Quantity> used, ResourceAmounts requests, ResourceAmounts limits) {
    requests
        .byName()
        .forEach(
            (name, amount) -> {
              if (isCompute(name) || name.startsWith(HUGE_PAGES)) {
                used.put(name, amount);
                used.put("requests." + name, amount);
              } else if (isExtended(name)) {
                used.put("requests." + name, amount);
              }
            });
    limits
        .byName()
        .forEach(
            (name, amount) -> {
              if (isCompute(name)) {
                used.put("limits." + name, amount);
              }
            });
  }

  private static boolean isCompute(String name) {
    return name.equals("cpu") || name.equals("memory") || name.equals("ephemeral-storage");
  }

  /// A resource that somebody else than Kubernetes knows: its name has a domain.
  static boolean isExtended(String name) {
    int slash = name.indexOf('/');
    if (slash <= 0 || name.startsWith("requests.")) {
      return false;
    }
    String domain = name.substring(0, slash);
    return !domain.equals("kubernetes.io") && !domain.endsWith(".kubernetes.io");
  }

  /// Whether pods can use it.
  static boolean uses(String name) {
    if (name.equals("pods") || name.equals("count/pods") || isCompute(name)) {
      return true;
    }
    if (name.startsWith("limits.")) {
      return isCompute(name.substring("limits.".length()));
    }
    if (name.startsWith("requests.")) {
      String plain = name.substring("requests.".length());
      return isCompute(plain) || plain.startsWith(HUGE_PAGES) || isExtended(plain);
    }
    return name.startsWith(HUGE_PAGES);
  }

  /// What containers must say and do not, where a quota limits these resources.
  ///
  /// @return `must specify limits.cpu for: a,b`; empty: nothing is missing
  public static String missing(JsonNode pod, Set<String> limited) {
    var required = new TreeSet<>(limited);
    required.retainAll(DEMANDED);
    required.removeAll(said(pod.path("spec")));
    var without = new TreeMap<String, Set<String>>();
    for (JsonNode container : PodResources.containers(pod)) {
      Set<String> said = said(container);
      for (String name : required) {
        if (!said.contains(name)) {
          without
              .computeIfAbsent(name, _ -> new TreeSet<>())
              .add(container.path("name").stringValue(""));
        }
      }
    }
    return without.isEmpty()
        ? ""
        : "must specify "
            + without.entrySet().stream()
                .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
                .collect(Collectors.joining("; "));
  }

  private static Set<String> said(JsonNode holder) {
    var said = new TreeMap<String, Quantity>();
    addCompute(
        said,
        ResourceAmounts.of(holder.path("resources").get("requests")),
        ResourceAmounts.of(holder.path("resources").get("limits")));
    return said.keySet();
  }
}
