package dev.drydock.kubelet;

import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.ledger.Effects;
import dev.drydock.client.log.InteractionLog;
import dev.drydock.client.resource.Api;
import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.image.ImageCatalog;
import dev.drydock.kubelet.network.NodeNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.node.NodeSettings;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.runtime.ContainerUsage;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// What all nodes of one process share.
///
/// @param network makes the network of a node
record NodeHost(
    Api api,
    Time time,
    Machinery machinery,
    Voices voices,
    Supplier<List<Service>> services,
    Function<NodeSettings, NodeNetwork> network) {

  /// @param executor runs each task on a thread of its own
  record Time(InstantSource clock, Timers timers, Executor executor) {}

  /// @param meter measures the runtime's containers
  /// @param pullTime of an image that is not on the node
  /// @param dns of pods, by default
  record Machinery(
      ContainerRuntime runtime,
      ContainerUsage.Meter meter,
      ImageCatalog catalog,
      Duration pullTime,
      PodSandbox.Resolver dns,
      String bootId) {}

  /// @param events the recorder of a node
  record Voices(Function<String, EventRecorder> events, Effects effects, InteractionLog log) {}
}
