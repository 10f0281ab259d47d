package dev.drydock.kubelet.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.time.KubernetesTime;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The node object and its lease, from the settings. Pure.
///
/// @param bootId of this process
record NodeRules(NodeSettings settings, String bootId) {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final int MOST_IMAGES = 50;

  /// Whether the node can run pods.
  enum Readiness {
    READY,
    NO_NETWORK
  }

  /// What is created when there is no such node.
  Node registration(Instant now) {
    List<Taint> taints = new ArrayList<>(settings.taints());
    taints.add(new Taint("NoSchedule", NOT_READY, null, null));
    return new NodeBuilder()
        .withNewMetadata()
        .withName(settings.name())
        .withLabels(labels())
        .addToAnnotations("volumes.kubernetes.io/controller-managed-attach-detach", "true")
        .endMetadata()
        .withNewSpec()
        .withTaints(taints)
        .endSpec()
        .withStatus(status(Readiness.NO_NETWORK, List.of(), Map.of(), new NodeStatus(), now))
        .build();
  }

  Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>(settings.labels());
    labels.put("kubernetes.io/hostname", settings.name());
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", "amd64");
    labels.put("beta.kubernetes.io/os", "linux");
    labels.put("beta.kubernetes.io/arch", "amd64");
    return labels;
  }

  /// @param extended resources that others have written to the capacity: all of it is allocatable
  /// @param before as last written: times of conditions that did not change are kept
  NodeStatus status(
      Readiness readiness,
      Collection<ContainerImage> images,
      Map<String, io.fabric8.kubernetes.api.model.Quantity> extended,
      NodeStatus before,
      Instant now) {
    Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts = new HashMap<>();
    settings.capacity().forEach((name, amount) -> amounts.put(name, amount.toModel()));
    Map<String, io.fabric8.kubernetes.api.model.Quantity> allocatable = new HashMap<>(extended);
    allocatable.putAll(amounts);
    return new NodeStatusBuilder()
        .withAddresses(
            new NodeAddress(settings.address(), "InternalIP"),
            new NodeAddress(settings.name(), "Hostname"))
        .withCapacity(amounts)
        .withAllocatable(allocatable)
        .withConditions(conditions(readiness, before, now))
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(settings.port())
        .endDaemonEndpoints()
        .withImages(images.stream().limit(MOST_IMAGES).toList())
        .withNewNodeInfo()
        .withArchitecture("amd64")
        .withBootID(bootId)
        .withContainerRuntimeVersion(NodeVersion.RUNTIME)
        .withKernelVersion("6.12.0-drydock")
        .withKubeletVersion(NodeVersion.KUBELET)
        .withKubeProxyVersion("")
        .withMachineID(machineId().replace("-", ""))
        .withOperatingSystem("linux")
        .withOsImage("Drydock")
        .withSystemUUID(machineId())
        .endNodeInfo()
        .build();
  }

  /// Of a node's capacity what is neither the kubelet's own nor Kubernetes'.
  Map<String, io.fabric8.kubernetes.api.model.Quantity> extended(Node node) {
    if (node.getStatus() == null || node.getStatus().getCapacity() == null) {
      return Map.of();
    }
    Map<String, io.fabric8.kubernetes.api.model.Quantity> extended =
        new HashMap<>(node.getStatus().getCapacity());
    extended
        .keySet()
        .removeIf(
            name ->
                name.indexOf('/') < 0
                    || name.contains("kubernetes.io/")
                    || settings.capacity().containsKey(name));
    return Map.copyOf(extended);
  }

  /// The same for each life of a node.
  private String machineId() {
    return UUID.nameUUIDFromBytes(settings.name().getBytes(UTF_8)).toString();
  }

  private static List<NodeCondition> conditions(
      Readiness readiness, NodeStatus before, Instant now) {
    List<NodeCondition> all = new ArrayList<>();
    all.add(
        condition(
            "MemoryPressure",
            "False",
            "KubeletHasSufficientMemory",
            "kubelet has sufficient memory available",
            before,
            now));
    all.add(
        condition(
            "DiskPressure",
            "False",
            "KubeletHasNoDiskPressure",
            "kubelet has no disk pressure",
            before,
            now));
    all.add(
        condition(
            "PIDPressure",
            "False",
            "KubeletHasSufficientPID",
            "kubelet has sufficient PID available",
            before,
            now));
    all.add(
        switch (readiness) {
          case READY ->
              condition(
                  "Ready", "True", "KubeletReady", "kubelet is posting ready status", before, now);
          case NO_NETWORK ->
              condition(
                  "Ready",
                  "False",
                  "KubeletNotReady",
                  "container runtime network not ready: NetworkReady=false"
                      + " reason:NetworkPluginNotReady message:Network plugin returns error: cni"
                      + " plugin not initialized",
                  before,
                  now);
        });
    return all;
  }

  private static NodeCondition condition(
      String type, String status, String reason, String message, NodeStatus before, Instant now) {
    String time = KubernetesTime.seconds(now);
    String since =
        before.getConditions().stream()
            .filter(old -> old.getType().equals(type) && old.getStatus().equals(status))
            .map(NodeCondition::getLastTransitionTime)
            .findFirst()
            .orElse(time);
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .withLastHeartbeatTime(time)
        .withLastTransitionTime(since)
        .build();
  }

  /// Whether two statuses differ in more than the time of the heartbeat.
  static boolean differ(NodeStatus one, NodeStatus other) {
    return !timeless(one).equals(timeless(other));
  }

  private static NodeStatus timeless(NodeStatus status) {
    List<NodeCondition> conditions =
        status.getConditions().stream()
            .map(condition -> condition.toBuilder().withLastHeartbeatTime("").build())
            .toList();
    return status.toBuilder().withConditions(conditions).build();
  }

  Lease lease(Node node, Instant now) {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace("kube-node-lease")
        .withName(settings.name())
        .addNewOwnerReference()
        .withApiVersion("v1")
        .withKind("Node")
        .withName(settings.name())
        .withUid(node.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity(settings.name())
        .withLeaseDurationSeconds((int) settings.rhythm().leaseDuration().toSeconds())
        .withRenewTime(now.atZone(ZoneOffset.UTC))
        .endSpec()
        .build();
  }

  /// What an ordinary machine has.
  static Map<String, Quantity> usualCapacity(int maxPods) {
    return Map.of(
        "cpu", Quantity.parse("4"),
        "memory", Quantity.parse("8Gi"),
        "ephemeral-storage", Quantity.parse("100Gi"),
        "pods", Quantity.of(maxPods, Quantity.Format.DECIMAL_SI));
  }
}
