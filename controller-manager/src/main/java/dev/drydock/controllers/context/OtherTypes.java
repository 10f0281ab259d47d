package dev.drydock.controllers.context;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.MetadataOnly;
import dev.drydock.client.resource.OtherVersion;
import dev.drydock.client.resource.OtherVersion.Freshness;
import dev.drydock.client.time.Timers;
import dev.drydock.controllers.context.CustomTypes.TypeChange;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The types that other servers of the API serve. Looked at whenever an APIService changes, again
/// soon while a server can't be asked, and twice a minute while there are any: what a server
/// serves may change without anybody telling.
final class OtherTypes {
  private static final Logger LOG = LoggerFactory.getLogger(OtherTypes.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration RESYNC = Duration.ofSeconds(30);

  private final Api api;
  private final Timers timers;
  private final Consumer<TypeChange> listener;
  private final AtomicBoolean due = new AtomicBoolean();
  private final Object looking = new Object();
  private Set<ResourceType> known = Set.of();
  private Timers.Cancellable next = () -> {};

  /// @param listener hears of types that can be listed, watched and deleted
  private OtherTypes(Api api, Timers timers, Consumer<TypeChange> listener) {
    this.api = api;
    this.timers = timers;
    this.listener = listener;
  }

  static void follow(ControllerContext context, Consumer<TypeChange> listener) {
    Informer<MetadataOnly> services =
        context
            .informers()
            .informer(
                Kinds.metadataOnly(
                    BuiltInTypes.get().type("apiregistration.k8s.io/v1", "apiservices")));
    var types = new OtherTypes(context.api(), context.environment().timers(), listener);
    services.addListener(_ -> types.wake());
  }

  /// The types with all of these verbs.
  static List<ResourceType> allowing(Api api, String... verbs) {
    return api.elsewhere().stream()
        .flatMap(version -> version.types().stream())
        .filter(served -> served.allows(verbs))
        .map(OtherVersion.Served::type)
        .toList();
  }

  /// Several wishes at once are one look.
  private void wake() {
    if (!due.getAndSet(true)) {
      Thread.ofVirtual().name("other-types").start(this::look);
    }
  }

  private void look() {
    synchronized (looking) {
      due.set(false);
      next.cancel();
      Duration pause;
      try {
        List<OtherVersion> versions = api.elsewhere();
        tell(versions);
        boolean stale =
            versions.stream().anyMatch(version -> version.freshness() == Freshness.STALE);
        pause = stale ? SOON : versions.isEmpty() ? Duration.ZERO : RESYNC;
      } catch (ApiException failure) {
        LOG.debug("other servers' types are not known: {}", failure.getMessage());
        pause = SOON;
      }
      if (!pause.isZero()) {
        next = timers.after(pause, this::wake);
      }
    }
  }

  private void tell(List<OtherVersion> versions) {
    Set<ResourceType> now = new HashSet<>();
    for (OtherVersion version : versions) {
      version.types().stream()
          .filter(served -> served.allows("list", "watch", "delete"))
          .forEach(served -> now.add(served.type()));
    }
    for (ResourceType type : known) {
      if (!now.contains(type)) {
        listener.accept(new TypeChange.Went(type));
      }
    }
    for (ResourceType type : now) {
      if (!known.contains(type)) {
        listener.accept(new TypeChange.Came(type));
      }
    }
    known = now;
  }
}
