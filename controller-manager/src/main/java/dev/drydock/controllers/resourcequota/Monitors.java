package dev.drydock.controllers.resourcequota;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.api.usage.Usage;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.OtherVersion;
import dev.drydock.client.resource.Selection;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Watches the objects that quotas count: those of each resource from the moment on that a quota
/// limits them.
final class Monitors {
  /// Of these more than the number counts, or other controllers have them whole.
  private static final Map<String, Kind<?>> WHOLE =
      Stream.<Kind<?>>of(
              Kinds.POD,
              Kinds.SERVICE,
              Kinds.PERSISTENT_VOLUME_CLAIM,
              Kinds.REPLICATION_CONTROLLER,
              Kinds.CONFIG_MAP,
              Kinds.REPLICA_SET,
              Kinds.DEPLOYMENT,
              Kinds.ENDPOINTS,
              Kinds.ENDPOINT_SLICE,
              Kinds.SERVICE_ACCOUNT,
              Kinds.RESOURCE_QUOTA)
          .collect(Collectors.toMap(kind -> kind.type().qualifiedResource(), Function.identity()));

  private final ControllerContext context;
  private final Listener listener;
  private final Map<String, Informer<? extends HasMetadata>> running = new HashMap<>();

  /// Learns that a quota may have room again.
  interface Listener {
    void lessUsed(HasMetadata object);
  }

  Monitors(ControllerContext context, Listener listener) {
    this.context = context;
    this.listener = listener;
  }

  /// The objects of a resource in a namespace, as trees where more than their number counts; empty:
  /// there is no such resource.
  Optional<List<JsonNode>> objects(String resource, String namespace) throws InterruptedException {
    Optional<Informer<? extends HasMetadata>> informer = informer(resource);
    if (informer.isEmpty()) {
      return Optional.empty();
    }
    informer.get().awaitRevision(Revision.NONE);
    return Optional.of(
        informer.get().lister().inNamespace(namespace).stream()
            .map(object -> tree(resource, object))
            .toList());
  }

  private static JsonNode tree(String resource, HasMetadata object) {
    return resource.equals("pods") || Usage.growsByUpdates(resource)
        ? TypedCodec.tree(object)
        : tools.jackson.databind.node.MissingNode.getInstance();
  }

  private synchronized Optional<Informer<? extends HasMetadata>> informer(String resource) {
    Informer<? extends HasMetadata> present = running.get(resource);
    if (present != null) {
      return Optional.of(present);
    }
    Optional<Kind<?>> kind = kind(resource).or(() -> customKind(resource));
    kind.ifPresent(each -> running.put(resource, started(each)));
    return Optional.ofNullable(running.get(resource));
  }

  private static Optional<Kind<?>> kind(String resource) {
    Kind<?> whole = WHOLE.get(resource);
    if (whole != null) {
      return Optional.of(whole);
    }
    return BuiltInTypes.get().all().stream()
        .filter(info -> info.type().isNamespaced() && info.allows("list") && info.allows("watch"))
        .map(TypeInfo::type)
        .filter(type -> type.qualifiedResource().equals(resource))
        .findFirst()
        .map(type -> kind(resource, type));
  }

  /// Of the resource that a CustomResourceDefinition of that name defines, or another server
  /// serves.
  private Optional<Kind<?>> customKind(String resource) {
    Kind<GenericKubernetesResource> definitions =
        Kinds.dynamic(
            BuiltInTypes.get().type("apiextensions.k8s.io/v1", "customresourcedefinitions"));
    for (var each : context.api().resource(definitions).list(Selection.ALL).items()) {
      if (each.getMetadata().getName().equals(resource)) {
        JsonNode spec = TypedCodec.tree(each).path("spec");
        for (JsonNode version : spec.path("versions")) {
          if (version.path("storage").booleanValue(false)) {
            return Optional.of(
                Kinds.metadataOnly(
                    new ResourceType(
                        spec.path("group").stringValue(""),
                        version.path("name").stringValue(""),
                        spec.path("names").path("plural").stringValue(""),
                        spec.path("names").path("kind").stringValue(""),
                        Scope.NAMESPACED)));
          }
        }
      }
    }
    return context.api().elsewhere().stream()
        .flatMap(version -> version.types().stream())
        .filter(served -> served.allows("list", "watch"))
        .map(OtherVersion.Served::type)
        .filter(type -> type.isNamespaced() && type.qualifiedResource().equals(resource))
        .findFirst()
        .map(Kinds::metadataOnly);
  }

  private static Kind<?> kind(String resource, ResourceType type) {
    return Usage.growsByUpdates(resource) ? Kinds.dynamic(type) : Kinds.metadataOnly(type);
  }

  private <T extends HasMetadata> Informer<T> started(Kind<T> kind) {
    Informer<T> informer = context.informers().informer(kind);
    boolean grows = Usage.growsByUpdates(kind.type().qualifiedResource());
    informer.addListener(
        change -> {
          if (mayUseLess(change, grows)) {
            listener.lessUsed(change.newest());
          }
        });
    return informer;
  }

  private static <T extends HasMetadata> boolean mayUseLess(Change<T> change, boolean grows) {
    return switch (change) {
      case Change.Added<T> _ -> false;
      case Change.Removed<T> _ -> true;
      case Change.Updated<T>(T before, T after) ->
          grows
              || (before instanceof Pod was
                  && after instanceof Pod is
                  && (PodFacts.isTerminal(is) != PodFacts.isTerminal(was) || isResized(was, is)));
    };
  }

  private static boolean isResized(Pod was, Pod is) {
    return !was.getSpec().getContainers().equals(is.getSpec().getContainers());
  }
}
