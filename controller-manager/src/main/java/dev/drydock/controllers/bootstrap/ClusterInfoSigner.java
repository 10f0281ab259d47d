package dev.drydock.controllers.bootstrap;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Keyed by the one ConfigMap `kube-public/cluster-info`: every token that may sign has its
/// signature of the kubeconfig there, and nobody else has.
public final class ClusterInfoSigner implements Reconciler {
  private static final ObjectKey INFO = ObjectKey.of("kube-public", "cluster-info");
  private static final String CONTENT = "kubeconfig";
  private static final String SIGNATURE = "jws-kubeconfig-";

  private final Lister<ConfigMap> maps;
  private final Informer<Secret> secrets;
  private final ResourceClient<ConfigMap> client;
  private final InstantSource clock;

  private ClusterInfoSigner(
      Lister<ConfigMap> maps,
      Informer<Secret> secrets,
      ResourceClient<ConfigMap> client,
      InstantSource clock) {
    this.maps = maps;
    this.secrets = secrets;
    this.client = client;
    this.clock = clock;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context) {
    Informer<ConfigMap> maps = context.informers().informer(Kinds.CONFIG_MAP);
    Informer<Secret> secrets = context.informers().informer(Kinds.SECRET);
    return Controller.named("bootstrap-signer-controller", context.environment())
        .of("configmap")
        .watch(maps, map -> ObjectKey.of(map).equals(INFO) ? List.of(INFO) : List.of())
        .watch(secrets, secret -> BootstrapToken.of(secret).isPresent() ? List.of(INFO) : List.of())
        .reconcile(
            new ClusterInfoSigner(
                maps.lister(),
                secrets,
                context.api().resource(Kinds.CONFIG_MAP),
                context.environment().clock()));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<ConfigMap> found = maps.get(INFO);
    if (found.isEmpty()) {
      return Result.done();
    }
    Map<String, String> now = Objects.requireNonNullElse(found.get().getData(), Map.of());
    String content = now.get(CONTENT);
    if (content == null) {
      return Result.done();
    }
    Map<String, String> signed = new HashMap<>(now);
    signed.keySet().removeIf(field -> field.startsWith(SIGNATURE));
    for (Secret secret : secrets.lister().list()) {
      BootstrapToken.of(secret)
          .filter(token -> token.signs(clock.instant()))
          .ifPresent(token -> signed.put(SIGNATURE + token.id(), token.signature(content)));
    }
    if (!signed.equals(now)) {
      client.update(new ConfigMapBuilder(found.get()).withData(signed).build());
    }
    return Result.done();
  }
}
