package dev.drydock.apiserver.registry;

import dev.drydock.apiserver.allocation.ClusterAddresses;
import dev.drydock.apiserver.allocation.NodePorts;

/// What Services get their addresses and ports from.
record Allocators(ClusterAddresses addresses, NodePorts ports) {

  static Allocators of(RegistrySettings settings, Objects objects) {
    ServiceNetwork network = settings.cluster().network();
    Sources sources = settings.sources();
    return new Allocators(
        new ClusterAddresses(
            new ServiceRanges(objects, settings.resources(), network.clusterIps()),
            new StoredAddressBook(objects, sources, settings.resources()),
            sources.random()),
        new NodePorts(
            network.lowestNodePort(),
            network.highestNodePort(),
            new StoredPortBook(settings.store(), network),
            sources.random()));
  }
}
