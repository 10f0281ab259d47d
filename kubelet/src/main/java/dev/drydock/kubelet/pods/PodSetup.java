package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.volumes.PodVolumes;
import dev.drydock.kubelet.volumes.SetupFailure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import java.util.ArrayList;
import java.util.List;

/// What a pod needs before its containers: volumes, an address, a network. Runs in its mailbox.
final class PodSetup {
  private final PodContext context;

  PodSetup(PodContext context) {
    this.context = context;
  }

  /// @throws SetupFailure when a volume can't be had
  /// @throws java.util.NoSuchElementException when there is no free address
  void make() throws SetupFailure {
    PodServices services = context.services;
    context.volumes =
        PodVolumes.setUp(
            context.pod, services.surroundings().volumes(), context::fields, context.now());
    boolean host = Boolean.TRUE.equals(context.pod.getSpec().getHostNetwork());
    String ip = host ? services.host().address() : services.host().addresses().take();
    context.network =
        services
            .engine()
            .network()
            .attach(
                new PodSandbox(
                    context.uid,
                    context.key,
                    host ? PodSandbox.Mode.HOST : PodSandbox.Mode.POD,
                    ip,
                    PodFiles.resolver(context.pod, services.host().dns()),
                    host ? List.of() : hostPorts()));
    context.ip = ip;
  }

  /// Does nothing when there is nothing to release.
  void release() {
    if (context.network == null) {
      return;
    }
    context.services.engine().network().detach(context.uid);
    if (!Boolean.TRUE.equals(context.pod.getSpec().getHostNetwork())) {
      context.services.host().addresses().release(context.ip);
    }
    context.network = null;
    context.volumes = null;
    context.ip = "";
  }

  private List<PodSandbox.HostPort> hostPorts() {
    List<PodSandbox.HostPort> ports = new ArrayList<>();
    for (Container container : context.pod.getSpec().getContainers()) {
      for (ContainerPort port : container.getPorts()) {
        if (port.getHostPort() != null && port.getHostPort() > 0) {
          String protocol = port.getProtocol() == null ? "TCP" : port.getProtocol();
          ports.add(
              new PodSandbox.HostPort(
                  Protocol.valueOf(protocol),
                  port.getHostIP() == null ? "" : port.getHostIP(),
                  port.getHostPort(),
                  port.getContainerPort()));
        }
      }
    }
    return ports;
  }
}
