package dev.drydock.apiserver.registry;

import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.allocation.AddressBook;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.strategy.Claims.Claim;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The address book as objects of kind IPAddress, named like the address: creating one takes it.
final class StoredAddressBook implements AddressBook {
  private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
  private static final String ALLOCATOR = "ipallocator.k8s.io";

  private final Objects objects;
  private final Metadata metadata;
  private final StoredResource addresses;

  StoredAddressBook(Objects objects, Sources sources, Resources resources) {
    this.objects = objects;
    this.metadata = new Metadata(sources);
    this.addresses = resources.need(BuiltInTypes.get().type("networking.k8s.io/v1", "ipaddresses"));
  }

  @Override
  public boolean take(String address, Holder holder) {
    ObjectNode tree = Trees.object();
    ObjectNode meta = tree.putObject("metadata").put("name", address);
    meta.putObject("labels")
        .put("ipaddress.kubernetes.io/ip-family", "IPv4")
        .put(MANAGED_BY, ALLOCATOR);
    tree.putObject("spec")
        .putObject("parentRef")
        .put("group", "")
        .put("name", holder.name())
        .put("namespace", holder.namespace())
        .put("resource", "services");
    metadata.prepareForCreate(tree, addresses.resource());
    try {
      objects.create(addresses, target(address), tree, Claim.NOTHING, Persistence.STORED);
      return true;
    } catch (ApiException taken) {
      if (taken.isAlreadyExists()) {
        return false;
      }
      throw taken;
    }
  }

  @Override
  public void giveBack(String address, Holder holder) {
    try {
      objects.update(
          addresses,
          target(address),
          Persistence.STORED,
          current -> {
            if (current == null) {
              throw ApiException.notFound(addresses.type(), address);
            }
            ObjectNode tree = current.tree();
            return holder(tree).equals(holder) ? new Wish.Remove(tree) : new Wish.Keep();
          });
    } catch (ApiException gone) {
      if (!gone.isNotFound()) {
        throw gone;
      }
    }
  }

  @Override
  public Optional<Holder> holder(String address) {
    return objects
        .find(addresses, "", address, new Freshness.Consistent())
        .map(found -> holder(found.tree()));
  }

  @Override
  public boolean seemsTaken(String address) {
    return objects.find(addresses, "", address, new Freshness.Any()).isPresent();
  }

  private Target target(String address) {
    return new Target(addresses.type(), "", address, "");
  }

  /// Whether it is one of the allocator's; others are their makers' business.
  static boolean isManaged(ObjectNode address) {
    return Trees.text(address, "metadata", "labels", MANAGED_BY).equals(ALLOCATOR);
  }

  static Holder holder(ObjectNode address) {
    return new Holder(
        Trees.text(address, "spec", "parentRef", "namespace"),
        Trees.text(address, "spec", "parentRef", "name"));
  }
}
