package dev.drydock.controllers.namespace;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.MetadataOnly;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.resource.Selection;
import dev.drydock.controllers.batch.Batch;
import dev.drydock.controllers.context.CustomTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Everything in a namespace, of whatever type.
final class NamespaceContent {
  private final Api api;
  private final List<ResourceType> builtIn;
  private final CustomTypes custom;
  private final OtherServers others;

  /// What is left after an attempt.
  ///
  /// @param remaining instances by type, as Kubernetes names it in messages
  /// @param finalizers how many instances each finalizer holds back
  /// @param failures one line for each type that could not be deleted
  /// @param silent group versions whose servers can't be asked
  record Rest(
      Map<String, Integer> remaining,
      Map<String, Integer> finalizers,
      List<String> failures,
      List<String> silent) {
    Rest {
      remaining = new TreeMap<>(remaining);
      finalizers = new TreeMap<>(finalizers);
      failures = List.copyOf(failures);
      silent = List.copyOf(silent);
    }

    boolean isEmpty() {
      return remaining.isEmpty() && failures.isEmpty() && silent.isEmpty();
    }

    Rest without(List<String> servers) {
      return new Rest(remaining, finalizers, failures, servers);
    }
  }

  NamespaceContent(Api api, CustomTypes custom) {
    this.api = api;
    this.builtIn = builtIn();
    this.custom = custom;
    this.others = new OtherServers(api);
  }

  /// One version of each namespaced type whose objects can be listed and deleted.
  private static List<ResourceType> builtIn() {
    var seen = new HashSet<String>();
    return BuiltInTypes.get().all().stream()
        .filter(info -> info.type().isNamespaced())
        .filter(info -> info.allows("delete") && info.allows("list"))
        .map(TypeInfo::type)
        .filter(type -> seen.add(type.qualifiedResource()))
        .toList();
  }

  /// Deletes what there is. Pods go first: while there are any, the rest stays, so that they keep
  /// what they need to end well.
  Rest delete(String namespace) throws InterruptedException {
    custom.awaitSync();
    List<ResourceType> types = new ArrayList<>(builtIn);
    custom.all().stream().filter(ResourceType::isNamespaced).forEach(types::add);
    List<ResourceType> pods = types.stream().filter(NamespaceContent::isPod).toList();
    List<String> silent = others.silent();
    Rest first = delete(namespace, pods);
    if (!first.isEmpty()) {
      return first.without(silent);
    }
    return delete(namespace, types.stream().filter(type -> !isPod(type)).toList()).without(silent);
  }

  private static boolean isPod(ResourceType type) {
    return type.group().isEmpty() && type.resource().equals("pods");
  }

  private Rest delete(String namespace, List<ResourceType> wanted) throws InterruptedException {
    Map<String, Integer> remaining = new ConcurrentHashMap<>();
    Map<String, Integer> finalizers = new ConcurrentHashMap<>();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    Optional<RuntimeException> broken =
        Batch.all(
            wanted,
            type -> {
              try {
                for (MetadataOnly left : deleteAll(namespace, type)) {
                  remaining.merge(name(type), 1, Integer::sum);
                  left.getMetadata()
                      .getFinalizers()
                      .forEach(finalizer -> finalizers.merge(finalizer, 1, Integer::sum));
                }
              } catch (ApiException e) {
                if (!isNotServed(e)) {
                  failures.add(e.getMessage());
                }
              }
            });
    if (broken.isPresent()) {
      throw broken.get();
    }
    return new Rest(remaining, finalizers, List.copyOf(failures), List.of());
  }

  private static boolean isNotServed(ApiException e) {
    return e.isNotFound() || e.reason() == StatusReason.METHOD_NOT_ALLOWED;
  }

  private static String name(ResourceType type) {
    return type.resource() + "." + type.group();
  }

  /// @return what is still there afterwards
  private List<MetadataOnly> deleteAll(String namespace, ResourceType type) {
    ResourceClient<MetadataOnly> client = api.resource(Kinds.metadataOnly(type));
    Selection all = Selection.inNamespace(namespace);
    List<MetadataOnly> found = client.list(all).items();
    if (found.isEmpty()) {
      return found;
    }
    for (MetadataOnly object : found) {
      if (object.getMetadata().getDeletionTimestamp() == null) {
        delete(client, object);
      }
    }
    return client.list(all).items();
  }

  private static void delete(ResourceClient<MetadataOnly> client, MetadataOnly object) {
    try {
      client.delete(
          ObjectKey.of(object),
          Deletion.DEFAULT.withPropagation(Deletion.Propagation.BACKGROUND).onlyIf(Uid.of(object)));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
