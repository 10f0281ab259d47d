package dev.drydock.kubelet.volumes;

import dev.drydock.api.quantity.Quantity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a pod may read of itself. Pure.
///
/// @param podIp empty before there is one
/// @param allocatable of the node: what limits are when there are none
public record DownwardFields(
    Pod pod, String podIp, String hostIp, Map<String, Quantity> allocatable) {

  public DownwardFields {
    allocatable = Map.copyOf(allocatable);
  }

  /// The value of a `fieldRef`.
  public String field(String path) throws SetupFailure {
    var metadata = pod.getMetadata();
    String key = key(path);
    if (path.startsWith("metadata.labels['")) {
      return metadata.getLabels() == null ? "" : metadata.getLabels().getOrDefault(key, "");
    }
    if (path.startsWith("metadata.annotations['")) {
      return metadata.getAnnotations() == null
          ? ""
          : metadata.getAnnotations().getOrDefault(key, "");
    }
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "metadata.labels" -> map(metadata.getLabels());
      case "metadata.annotations" -> map(metadata.getAnnotations());
      case "spec.nodeName" -> text(pod.getSpec().getNodeName());
      case "spec.serviceAccountName" -> text(pod.getSpec().getServiceAccountName());
      case "status.hostIP", "status.hostIPs" -> hostIp;
      case "status.podIP", "status.podIPs" -> podIp;
      default -> throw new SetupFailure("unsupported fieldPath: " + path);
    };
  }

  /// The value of a `resourceFieldRef`.
  ///
  /// @param own the container that holds the reference; null: it names one
  public String resource(ResourceFieldSelector selector, @Nullable Container own)
      throws SetupFailure {
    Container container = own;
    if (selector.getContainerName() != null && !selector.getContainerName().isEmpty()) {
      container = find(selector.getContainerName());
    }
    String[] parts = selector.getResource().split("\\.", 2);
    if (container == null || parts.length < 2) {
      throw new SetupFailure("unsupported container resource : " + selector.getResource());
    }
    Quantity divisor = Quantity.of(selector.getDivisor());
    Quantity amount = amount(container, parts[0], parts[1]);
    BigDecimal by = divisor.isZero() ? BigDecimal.ONE : decimal(divisor);
    return decimal(amount).divide(by, 0, RoundingMode.CEILING).toBigInteger().toString();
  }

  private Quantity amount(Container container, String kind, String resource) {
    var resources = container.getResources();
    if (resources == null) {
      return fallback(kind, resource);
    }
    var named = kind.equals("limits") ? resources.getLimits() : resources.getRequests();
    var value = named.get(resource);
    return value == null ? fallback(kind, resource) : Quantity.of(value);
  }

  private Quantity fallback(String kind, String resource) {
    return kind.equals("limits")
        ? allocatable.getOrDefault(resource, Quantity.ZERO)
        : Quantity.ZERO;
  }

  private Container find(String name) throws SetupFailure {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new SetupFailure("container " + name + " not found"));
  }

  private static BigDecimal decimal(Quantity quantity) {
    return new BigDecimal(quantity.milliValue()).movePointLeft(3);
  }

  private static String key(String path) {
    int quote = path.indexOf('\'');
    return quote < 0 || !path.endsWith("']") ? "" : path.substring(quote + 1, path.length() - 2);
  }

  private static String map(@Nullable Map<String, String> entries) {
    return entries == null
        ? ""
        : new TreeMap<>(entries)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + escaped(entry.getValue()) + "\"")
                .collect(Collectors.joining("\n"));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
