package dev.drydock.controllers.bootstrap;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.controllers.context.ControllerContext;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Keyed by Secret: deletes bootstrap tokens when they expire.
public final class TokenCleaner implements Reconciler {
  private final Lister<Secret> secrets;
  private final ResourceClient<Secret> client;
  private final InstantSource clock;

  private TokenCleaner(Lister<Secret> secrets, ResourceClient<Secret> client, InstantSource clock) {
    this.secrets = secrets;
    this.client = client;
    this.clock = clock;
  }

  /// Builds the controller.
  public static Component controller(ControllerContext context) {
    Informer<Secret> secrets = context.informers().informer(Kinds.SECRET);
    return Controller.named("token-cleaner-controller", context.environment())
        .of("secret")
        .watch(
            secrets,
            secret ->
                BootstrapToken.of(secret).isPresent() ? List.of(ObjectKey.of(secret)) : List.of())
        .reconcile(
            new TokenCleaner(
                secrets.lister(),
                context.api().resource(Kinds.SECRET),
                context.environment().clock()));
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<Secret> found = secrets.get(key);
    Optional<Instant> end = found.flatMap(BootstrapToken::of).flatMap(BootstrapToken::expiration);
    if (end.isEmpty()) {
      return Result.done();
    }
    // The moment stands in the Secret, so it is wall time whatever the pace of the lab.
    Duration left = Duration.between(clock.instant(), end.get());
    if (left.isPositive()) {
      return Result.again(left);
    }
    try {
      client.delete(key, Deletion.DEFAULT.onlyIf(Uid.of(found.get())));
    } catch (ApiException e) {
      if (!e.isNotFound() && !e.isConflict()) {
        throw e;
      }
    }
    return Result.done();
  }
}
