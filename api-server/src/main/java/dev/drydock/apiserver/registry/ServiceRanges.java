package dev.drydock.apiserver.registry;

import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.apiserver.allocation.AddressRange;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The ranges from which Services get their addresses: those of the ServiceCIDRs that are ready and
/// stay, IPv4 only. Where there is no ServiceCIDR at all, the one of the server's flag, from which
/// the first ServiceCIDR is made.
final class ServiceRanges implements Supplier<List<AddressRange>> {
  private static final String FIRST = "kubernetes";

  private final Objects objects;
  private final StoredResource ranges;
  private final AddressRange ofFlag;

  /// @param ofFlag in CIDR notation
  ServiceRanges(Objects objects, Resources resources, String ofFlag) {
    this.objects = objects;
    this.ranges = resources.need(BuiltInTypes.get().type("networking.k8s.io/v1", "servicecidrs"));
    this.ofFlag = AddressRange.of(ofFlag);
  }

  /// The cluster's first range first, then by name.
  @Override
  public List<AddressRange> get() {
    List<? extends StoredObject> all =
        StorageFailures.reading(
            ranges.type(),
            "",
            () ->
                objects
                    .reader()
                    .list(ranges.resource().prefix(), new Freshness.Consistent())
                    .items());
    if (all.isEmpty()) {
      return List.of(ofFlag);
    }
    var ready = new ArrayList<AddressRange>();
    all.stream()
        .filter(object -> isReady(object.tree()))
        .sorted(
            Comparator.comparing((StoredObject object) -> !object.name().equals(FIRST))
                .thenComparing(StoredObject::name))
        .forEach(object -> blocks(object.tree(), ready));
    return ready;
  }

  private static void blocks(ObjectNode range, List<AddressRange> into) {
    for (String block : Trees.texts(range, "spec", "cidrs")) {
      if (block.indexOf(':') < 0) {
        into.add(AddressRange.of(block));
      }
    }
  }

  /// One of which nobody has said anything counts as ready.
  private static boolean isReady(ObjectNode range) {
    if (Trees.has(range, "metadata", "deletionTimestamp")) {
      return false;
    }
    for (ObjectNode condition : Trees.objects(range, "status", "conditions")) {
      if (Trees.text(condition, "type").equals("Ready")) {
        return Trees.text(condition, "status").equals("True");
      }
    }
    return true;
  }
}
