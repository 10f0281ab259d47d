package dev.drydock.kubelet.pods;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.ledger.Effects;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.image.ImagePuller;
import dev.drydock.kubelet.network.NodeNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.probes.Checks;
import dev.drydock.kubelet.probes.Hooks;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.status.StatusWriter;
import dev.drydock.kubelet.volumes.ContainerEnvironment;
import dev.drydock.kubelet.volumes.PodVolumes;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// What all pod workers of a node share.
public record PodServices(
    Host host, Pace pace, Engine engine, Reports reports, Surroundings surroundings) {

  /// The node.
  ///
  /// @param addresses for its pods
  /// @param dns what a pod's resolver is by default; its searches are those of the cluster
  public record Host(
      String name,
      String address,
      IpPool addresses,
      PodSandbox.Resolver dns,
      Map<String, Quantity> allocatable) {
    public Host {
      allocatable = Map.copyOf(allocatable);
    }
  }

  /// Time and threads.
  ///
  /// @param executor runs each task on a thread of its own
  public record Pace(InstantSource clock, Timers timers, Executor executor) {}

  /// What runs containers.
  public record Engine(
      ContainerRuntime runtime,
      ImagePuller images,
      NodeNetwork network,
      Checks checks,
      Hooks hooks) {}

  /// Who is told of what happens.
  ///
  /// @param effects the ledger
  /// @param log for people
  public record Reports(
      StatusWriter status,
      EventRecorder events,
      Effects effects,
      InteractionLog log,
      ResourceClient<Pod> pods) {}

  /// What pods bring along.
  ///
  /// @param services of the whole cluster
  public record Surroundings(
      PodVolumes.Sources volumes,
      ContainerEnvironment environment,
      Supplier<List<Service>> services) {}
}
