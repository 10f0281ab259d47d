package dev.drydock.controllers.garbage;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The types that take part, each with an informer. Types that other controllers watch whole are
/// watched once; of all others only the metadata is asked for.
final class GarbageTypes {
  /// Too many, too short-lived, and owned by nobody.
  private static final Set<String> IGNORED = Set.of("events", "events.events.k8s.io");

  private static final Map<ResourceType, Kind<?>> WATCHED_WHOLE =
      Stream.<Kind<?>>of(
              Kinds.POD,
              Kinds.REPLICA_SET,
              Kinds.DEPLOYMENT,
              Kinds.REPLICATION_CONTROLLER,
              Kinds.SERVICE,
              Kinds.ENDPOINTS,
              Kinds.ENDPOINT_SLICE,
              Kinds.NODE,
              Kinds.NAMESPACE,
              Kinds.SERVICE_ACCOUNT,
              Kinds.CONFIG_MAP)
          .collect(Collectors.toUnmodifiableMap(Kind::type, Function.identity()));

  private GarbageTypes() {}

  static List<Informer<? extends HasMetadata>> informers(SharedInformers informers) {
    var seen = new HashSet<String>();
    return BuiltInTypes.get().all().stream()
        .filter(info -> info.allows("delete") && info.allows("list") && info.allows("watch"))
        .map(TypeInfo::type)
        .filter(type -> !IGNORED.contains(type.qualifiedResource()))
        .filter(type -> seen.add(type.qualifiedResource()))
        .<Informer<? extends HasMetadata>>map(type -> informer(informers, type))
        .toList();
  }

  private static Informer<? extends HasMetadata> informer(
      SharedInformers informers, ResourceType type) {
    Kind<?> whole = WATCHED_WHOLE.get(type);
    return whole == null ? informers.informer(Kinds.metadataOnly(type)) : informers.informer(whole);
  }
}
