package dev.drydock.apiserver.registry.service;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.allocation.AddressBook.Holder;
import dev.drydock.apiserver.allocation.AllocationException;
import dev.drydock.apiserver.allocation.ClusterAddresses;
import dev.drydock.apiserver.allocation.NodePorts;
import dev.drydock.apiserver.registry.strategy.Claims;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// The addresses and node ports of Services.
public final class ServiceClaims implements Claims {
  private final ClusterAddresses addresses;
  private final NodePorts ports;
  private final ResourceType services = BuiltInTypes.get().type("v1", "services");

  public ServiceClaims(ClusterAddresses addresses, NodePorts ports) {
    this.addresses = addresses;
    this.ports = ports;
  }

  @Override
  public Claim forCreate(ObjectNode service, Rehearsal rehearsal) {
    return claim(service, Set.of(), "", rehearsal);
  }

  @Override
  public Claim forUpdate(ObjectNode service, ObjectNode before, Rehearsal rehearsal) {
    return claim(
        service, ServiceHoldings.nodePorts(before), ServiceHoldings.address(before), rehearsal);
  }

  @Override
  public void release(ObjectNode last) {
    String address = ServiceHoldings.address(last);
    if (!address.isEmpty()) {
      addresses.giveBack(address, holder(last));
    }
    ports.giveBack(ServiceHoldings.nodePorts(last));
  }

  private Claim claim(
      ObjectNode service, Set<Integer> hadPorts, String hadAddress, Rehearsal rehearsal) {
    Holder holder = holder(service);
    String address = claimAddress(service, hadAddress, holder, rehearsal);
    boolean newAddress = !address.isEmpty() && !address.equals(hadAddress);
    Set<Integer> taken;
    try {
      taken = claimPorts(service, hadPorts, rehearsal);
    } catch (RuntimeException failure) {
      if (newAddress && rehearsal == Rehearsal.REAL) {
        addresses.giveBack(address, holder);
      }
      throw failure;
    }
    if (rehearsal == Rehearsal.DRY_RUN) {
      return Claim.NOTHING;
    }
    Set<Integer> given = new TreeSet<>(hadPorts);
    given.removeAll(ServiceHoldings.nodePorts(service));
    return new Claim() {
      @Override
      public void keep() {
        ports.giveBack(given);
        if (!hadAddress.isEmpty() && !hadAddress.equals(address)) {
          addresses.giveBack(hadAddress, holder);
        }
      }

      @Override
      public void undo() {
        ports.giveBack(taken);
        if (newAddress) {
          addresses.giveBack(address, holder);
        }
      }
    };
  }

  /// @return the address the service holds now; empty: none
  private String claimAddress(ObjectNode service, String had, Holder holder, Rehearsal rehearsal) {
    ObjectNode spec = Trees.child(service, "spec");
    String wanted = Trees.text(spec, "clusterIP");
    if (Trees.text(spec, "type").equals(ServiceStrategy.EXTERNAL_NAME)
        || wanted.equals(ServiceStrategy.NONE)) {
      return "";
    }
    if (!wanted.isEmpty() && wanted.equals(had)) {
      return had;
    }
    try {
      if (!wanted.isEmpty()) {
        if (rehearsal == Rehearsal.REAL) {
          addresses.take(wanted, holder);
        } else {
          addresses.check(wanted);
        }
        return wanted;
      }
      String address =
          rehearsal == Rehearsal.REAL ? addresses.takeAny(holder) : addresses.suggest();
      spec.put("clusterIP", address);
      spec.putArray("clusterIPs").add(address);
      return address;
    } catch (AllocationException refused) {
      if (wanted.isEmpty()) {
        throw ApiException.internalError("failed to allocate a serviceIP: " + refused.getMessage());
      }
      throw ApiException.invalid(
          services,
          holder.name(),
          List.of(
              FieldError.invalid(
                  "spec.clusterIPs",
                  new InnerForm("[\"" + wanted + "\"]"),
                  "failed to allocate IP " + wanted + ": " + refused.getMessage())));
    }
  }

  /// @return the ports that were taken now
  private Set<Integer> claimPorts(ObjectNode service, Set<Integer> had, Rehearsal rehearsal) {
    ObjectNode spec = Trees.child(service, "spec");
    String type = Trees.text(spec, "type");
    boolean wants =
        type.equals("NodePort")
            || (type.equals("LoadBalancer")
                && Trees.at(spec, "allocateLoadBalancerNodePorts").booleanValue(true));
    var open = new ArrayList<ObjectNode>();
    var fixed = new TreeSet<Integer>();
    // Ports of several protocols under one number share their node port.
    Map<Long, ObjectNode> byNumber = new HashMap<>();
    var sharing = new ArrayList<Twins>();
    for (ObjectNode port : Trees.objects(spec, "ports")) {
      int nodePort = (int) Trees.number(port, 0, "nodePort");
      ObjectNode twin = byNumber.putIfAbsent(Trees.number(port, 0, "port"), port);
      if (nodePort != 0) {
        fixed.add(nodePort);
      } else if (wants && twin != null) {
        sharing.add(new Twins(port, twin));
      } else if (wants) {
        open.add(port);
      }
    }
    boolean checksHealth = ServiceStrategy.checksHealth(spec);
    int health = (int) Trees.number(spec, 0, "healthCheckNodePort");
    if (checksHealth && health != 0) {
      fixed.add(health);
    }
    fixed.removeAll(had);
    List<Integer> orders = new ArrayList<>(fixed);
    open.forEach(_ -> orders.add(NodePorts.ANY));
    if (checksHealth && health == 0) {
      orders.add(NodePorts.ANY);
    }
    List<Integer> filled = fill(spec, holder(service).name(), orders, fixed, rehearsal);
    for (int i = 0; i < open.size(); i++) {
      open.get(i).put("nodePort", filled.get(fixed.size() + i));
    }
    if (checksHealth && health == 0) {
      spec.put("healthCheckNodePort", filled.getLast());
    }
    for (Twins twins : sharing) {
      twins.port().set("nodePort", Trees.whole(Trees.number(twins.twin(), 0, "nodePort")));
    }
    return new TreeSet<>(filled);
  }

  private record Twins(ObjectNode port, ObjectNode twin) {}

  private List<Integer> fill(
      ObjectNode spec, String name, List<Integer> orders, Set<Integer> fixed, Rehearsal rehearsal) {
    try {
      return rehearsal == Rehearsal.REAL ? ports.take(orders) : ports.suggest(orders);
    } catch (AllocationException refused) {
      List<ObjectNode> all = Trees.objects(spec, "ports");
      for (int i = 0; i < all.size(); i++) {
        int nodePort = (int) Trees.number(all.get(i), 0, "nodePort");
        if (fixed.contains(nodePort)) {
          throw ApiException.invalid(
              services,
              name,
              List.of(
                  FieldError.invalid(
                      "spec.ports[" + i + "].nodePort", nodePort, message(refused))));
        }
      }
      throw ApiException.internalError("failed to allocate a nodePort: " + message(refused));
    }
  }

  private static String message(AllocationException refused) {
    return String.valueOf(refused.getMessage());
  }

  private static Holder holder(ObjectNode service) {
    return new Holder(
        Trees.text(service, "metadata", "namespace"), Trees.text(service, "metadata", "name"));
  }
}
