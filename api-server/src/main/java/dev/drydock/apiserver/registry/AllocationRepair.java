package dev.drydock.apiserver.registry;

import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.allocation.AddressBook.Holder;
import dev.drydock.apiserver.allocation.ClusterAddresses;
import dev.drydock.apiserver.allocation.NodePorts;
import dev.drydock.apiserver.registry.service.ServiceHoldings;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Makes the books of addresses and ports agree with the stored Services again, after a crash
/// between the two writes, or a restored backup. Called by one thread at a time.
final class AllocationRepair {
  /// An address that is younger may belong to a Service that is just being stored.
  private static final Duration SETTLED = Duration.ofMinutes(1);

  /// A port must look leaked in so many rounds before it is taken back.
  private static final int ROUNDS = 3;

  private final Objects objects;
  private final Resources resources;
  private final ClusterAddresses addresses;
  private final NodePorts ports;
  private final InstantSource clock;
  private final Map<Integer, Integer> suspects = new HashMap<>();

  AllocationRepair(
      Objects objects,
      Resources resources,
      ClusterAddresses addresses,
      NodePorts ports,
      InstantSource clock) {
    this.objects = objects;
    this.resources = resources;
    this.addresses = addresses;
    this.ports = ports;
    this.clock = clock;
  }

  void run() {
    var heldAddresses = new HashMap<String, Holder>();
    var heldPorts = new HashSet<Integer>();
    Set<Integer> takenBefore = Set.copyOf(ports.taken());
    for (StoredObject object : all("v1", "services")) {
      ObjectNode service = object.tree();
      String address = ServiceHoldings.address(service);
      if (!address.isEmpty()) {
        heldAddresses.put(address, new Holder(object.namespace(), object.name()));
      }
      heldPorts.addAll(ServiceHoldings.nodePorts(service));
    }
    repairAddresses(heldAddresses);
    var leaked = new HashSet<Integer>();
    suspects.keySet().removeIf(port -> !takenBefore.contains(port) || heldPorts.contains(port));
    for (int port : takenBefore) {
      if (!heldPorts.contains(port) && suspects.merge(port, 1, Integer::sum) >= ROUNDS) {
        leaked.add(port);
      }
    }
    ports.repair(heldPorts, leaked);
  }

  private void repairAddresses(Map<String, Holder> held) {
    var written = new HashSet<String>();
    Instant settled = clock.instant().minus(SETTLED);
    for (StoredObject object : all("networking.k8s.io/v1", "ipaddresses")) {
      if (!StoredAddressBook.isManaged(object.tree())) {
        continue;
      }
      Holder holder = StoredAddressBook.holder(object.tree());
      Instant created =
          KubernetesTime.parseOrEpoch(Trees.text(object.tree(), "metadata", "creationTimestamp"));
      if (holder.equals(held.get(object.name()))) {
        written.add(object.name());
      } else if (created.isBefore(settled)) {
        addresses.giveBack(object.name(), holder);
      }
    }
    held.forEach(
        (address, holder) -> {
          if (!written.contains(address) && addresses.isInRange(address)) {
            addresses.write(address, holder);
          }
        });
  }

  private Iterable<StoredObject> all(String apiVersion, String resource) {
    StoredResource of = resources.need(BuiltInTypes.get().type(apiVersion, resource));
    return StorageFailures.reading(
        of.type(),
        "",
        () -> objects.reader().list(of.resource().prefix(), new Freshness.Consistent()).items());
  }
}
