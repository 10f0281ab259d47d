package dev.drydock.kubelet.volumes;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.time.Timers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// ConfigMaps, Secrets and claims that pods of this node refer to: fetched when somebody asks, and
/// again when a minute has passed. So nothing is fetched for a pod that nobody looks into, and a
/// change shows after a minute at most.
public final class ReferencedObjects {
  private static final Duration FRESH = Duration.ofSeconds(60);

  private final Cache<ConfigMap> configMaps;
  private final Cache<Secret> secrets;
  private final ResourceClient<PersistentVolumeClaim> claims;

  public ReferencedObjects(Api api, InstantSource clock, Timers timers) {
    this.configMaps = new Cache<>(api, Kinds.CONFIG_MAP, clock, timers);
    this.secrets = new Cache<>(api, Kinds.SECRET, clock, timers);
    this.claims = api.resource(Kinds.PERSISTENT_VOLUME_CLAIM);
  }

  /// @throws ApiException when it can't be had and never could
  public Optional<ConfigMap> configMap(ObjectKey key) {
    return configMaps.get(key);
  }

  /// @throws ApiException when it can't be had and never could
  public Optional<Secret> secret(ObjectKey key) {
    return secrets.get(key);
  }

  /// As it is now.
  public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
    try {
      return Optional.of(claims.get(key));
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static final class Cache<T extends HasMetadata> {
    private final ResourceClient<T> client;
    private final InstantSource clock;
    private final Timers timers;
    private final Map<ObjectKey, Entry<T>> entries = new ConcurrentHashMap<>();

    private record Entry<T>(T object, Instant fetched) {}

    Cache(Api api, Kind<T> kind, InstantSource clock, Timers timers) {
      this.client = api.resource(kind);
      this.clock = clock;
      this.timers = timers;
    }

    Optional<T> get(ObjectKey key) {
      Entry<T> known = entries.get(key);
      Instant now = clock.instant();
      if (known != null && known.fetched().plus(timers.scaled(FRESH)).isAfter(now)) {
        return Optional.of(known.object());
      }
      try {
        T object = client.get(key);
        entries.put(key, new Entry<>(object, now));
        return Optional.of(object);
      } catch (ApiException e) {
        if (e.isNotFound()) {
          entries.remove(key);
          return Optional.empty();
        }
        if (known != null) {
          return Optional.of(known.object());
        }
        throw e;
      }
    }
  }
}
