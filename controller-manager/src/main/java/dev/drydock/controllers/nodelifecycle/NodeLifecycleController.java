package dev.drydock.controllers.nodelifecycle;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.lifecycle.ComponentGroup;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Selection;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.util.List;

/// Builds the node lifecycle controller: a monitor that watches for silence, and a loop that keeps
/// each node's `NoSchedule` taints in line with its conditions.
public final class NodeLifecycleController {
  private static final int TAINT_WORKERS = 8;

  private NodeLifecycleController() {}

  public static Component of(ControllerContext context, NodeLifecycleSettings settings) {
    Informer<Node> nodes = context.informers().informer(Kinds.NODE);
    Informer<Pod> pods = context.informers().informer(Kinds.POD, List.of(Indexes.nodeName()));
    Informer<Lease> leases =
        context
            .informers()
            .informer(Kinds.LEASE, Selection.inNamespace("kube-node-lease"), List.of());
    var writer = new NodeWriter(context.api(), context.recorders().apply("node-controller"));
    return ComponentGroup.of(
        Controller.named("node-lifecycle-controller", context.environment())
            .of("node")
            .workers(TAINT_WORKERS)
            .watch(nodes, KeyMapper.self())
            .reconcile(key -> taint(key, nodes.lister(), writer, context)),
        new NodeMonitor(
            new NodeMonitor.Caches(nodes, leases, pods),
            writer,
            settings,
            context.environment().timers(),
            context::moment,
            context.environment().log()));
  }

  private static Result taint(
      ObjectKey key, Lister<Node> nodes, NodeWriter writer, ControllerContext context) {
    nodes
        .get(key)
        .ifPresent(
            node ->
                writer.taints(
                    node,
                    current -> NodeTaintRules.withNoSchedule(current, context.moment().now())));
    return Result.done();
  }
}
