package dev.drydock.controllers.ttl;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Keyed by node: keeps the annotation at what the size of the cluster asks for.
public final class TtlReconciler implements Reconciler {
  private static final String ANNOTATION = "node.alpha.kubernetes.io/ttl";

  /// Ranges overlap, so that a cluster at a boundary does not change its mind with each node.
  private static final List<Step> STEPS =
      List.of(
          new Step(0, 100, 0),
          new Step(90, 500, 15),
          new Step(450, 1000, 30),
          new Step(900, 2000, 60),
          new Step(1800, Integer.MAX_VALUE, 300));

  private final Lister<Node> nodes;
  private final ResourceClient<Node> client;
  private final AtomicInteger step = new AtomicInteger();

  /// So many seconds for clusters of so many nodes.
  private record Step(int least, int most, int seconds) {}

  private TtlReconciler(Lister<Node> nodes, ResourceClient<Node> client) {
    this.nodes = nodes;
    this.client = client;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context) {
    Informer<Node> nodes = context.informers().informer(Kinds.NODE);
    return Controller.named("ttl-controller", context.environment())
        .of("node")
        .watch(nodes, KeyMapper.self())
        .reconcile(new TtlReconciler(nodes.lister(), context.api().resource(Kinds.NODE)));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Node> node = nodes.get(key);
    if (node.isEmpty()) {
      return Result.done();
    }
    int before = step.get();
    int now = step.updateAndGet(index -> stepFor(index, nodes.list().size()));
    write(node.get(), STEPS.get(now).seconds());
    if (now != before) {
      nodes.list().forEach(each -> write(each, STEPS.get(now).seconds()));
    }
    return Result.done();
  }

  static int stepFor(int present, int size) {
    int index = present;
    while (size > STEPS.get(index).most()) {
      index++;
    }
    while (size < STEPS.get(index).least()) {
      index--;
    }
    return index;
  }

  private void write(Node node, int seconds) {
    Map<String, String> annotations = node.getMetadata().getAnnotations();
    String wanted = Integer.toString(seconds);
    if (annotations != null && wanted.equals(annotations.get(ANNOTATION))) {
      return;
    }
    try {
      client.patch(
          ObjectKey.of(node),
          new Patch.Merge(
              "{\"metadata\":{\"annotations\":{\"" + ANNOTATION + "\":\"" + wanted + "\"}}}"));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
