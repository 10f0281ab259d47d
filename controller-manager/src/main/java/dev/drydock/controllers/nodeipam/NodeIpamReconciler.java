package dev.drydock.controllers.nodeipam;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives each node a part of the pod network. Which parts are taken is read from the nodes
/// themselves, so nothing is forgotten or given twice after a restart, and a part is free again
/// when its node is gone. Runs on one worker: the choice must see every earlier choice.
public final class NodeIpamReconciler implements Reconciler {
  private static final Duration RETRY = Duration.ofSeconds(30);

  private final PodCidrs cidrs;
  private final Lister<Node> nodes;
  private final ResourceClient<Node> client;
  private final EventRecorder events;

  /// Given, but perhaps not in the cache yet.
  private final Map<ObjectKey, String> given = new HashMap<>();

  private int next;

  private NodeIpamReconciler(
      PodCidrs cidrs, Lister<Node> nodes, ResourceClient<Node> client, EventRecorder events) {
    this.cidrs = cidrs;
    this.nodes = nodes;
    this.client = client;
    this.events = events;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context, PodCidrs cidrs) {
    Informer<Node> nodes = context.informers().informer(Kinds.NODE);
    return Controller.named("node-ipam-controller", context.environment())
        .of("node")
        .watch(nodes, KeyMapper.self())
        .reconcile(
            new NodeIpamReconciler(
                cidrs,
                nodes.lister(),
                context.api().resource(Kinds.NODE),
                context.recorders().apply("cidrAllocator")));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Node> node = nodes.get(key);
    if (node.isEmpty() || !cidr(node.get()).isEmpty()) {
      given.remove(key);
      return Result.done();
    }
    if (node.get().getMetadata().getDeletionTimestamp() != null) {
      return Result.done();
    }
    Optional<Integer> free = cidrs.free(used(), next);
    if (free.isEmpty()) {
      events.record(
          node.get(),
          EventRecorder.Type.NORMAL,
          "CIDRNotAvailable",
          "Node " + key.name() + " status is now: CIDRNotAvailable");
      return Result.again(RETRY);
    }
    String cidr = cidrs.part(free.get());
    client.patch(
        key,
        new Patch.Merge(
            "{\"metadata\":{\"uid\":\"%s\"},\"spec\":{\"podCIDR\":\"%s\",\"podCIDRs\":[\"%s\"]}}"
                .formatted(node.get().getMetadata().getUid(), cidr, cidr)));
    given.put(key, cidr);
    next = (free.get() + 1) % cidrs.count();
    return Result.done();
  }

  private List<String> used() {
    var used = new ArrayList<>(given.values());
    for (Node node : nodes.list()) {
      used.add(cidr(node));
    }
    return used;
  }

  private static String cidr(Node node) {
    String cidr = node.getSpec() == null ? null : node.getSpec().getPodCIDR();
    return cidr == null ? "" : cidr;
  }
}
