package dev.drydock.apiserver.access.node;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Which node has to do with which object, by way of the pods bound to it: kept up to date
/// event by event. Reading takes no lock.
public final class NodeGraph implements Component {
  private final List<ObjectFollower> followers;

  /// For each object the pods that need it, each with its node.
  private final Map<Thing, Map<ObjectKey, String>> users = new ConcurrentHashMap<>();

  private final Map<ObjectKey, Bound> bound = new ConcurrentHashMap<>();
  private final Map<String, ObjectKey> claimOfVolume = new ConcurrentHashMap<>();
  private final Map<String, String> nodeOfAttachment = new ConcurrentHashMap<>();
  private final Map<String, String> nodeOfSlice = new ConcurrentHashMap<>();

  /// For each secret the volumes that name it.
  private final Map<Thing, Set<String>> volumesOfSecret = new ConcurrentHashMap<>();

  public NodeGraph(ObjectReader<StoredObject> reader, Timers timers) {
    this.followers =
        List.of(
            new ObjectFollower(reader, new StorePrefix("/registry/pods/"), timers, new Pods()),
            new ObjectFollower(
                reader, new StorePrefix("/registry/persistentvolumes/"), timers, new Volumes()),
            new ObjectFollower(
                reader,
                new StorePrefix("/registry/volumeattachments/"),
                timers,
                new NamedNodes(nodeOfAttachment)),
            new ObjectFollower(
                reader,
                new StorePrefix("/registry/resourceslices/"),
                timers,
                new NamedNodes(nodeOfSlice)));
  }

  /// Something a pod needs.
  ///
  /// @param resource plural, as in a URL
  record Thing(String resource, String namespace, String name) {}

  /// A pod that has a node.
  ///
  /// @param claims whether its status may yet name claims that it needs
  private record Bound(String uid, Set<Thing> needs, boolean claims) {
    static final Bound NONE = new Bound("", Set.of(), false);

    /// What a pod refers to is settled once it has a node, but for claims made from templates.
    ///
    /// Source: the graph of Kubernetes' node authorizer takes it so.
    boolean isSettledFor(StoredObject pod) {
      return !uid.isEmpty() && !claims && uid.equals(pod.uid());
    }
  }

  @Override
  public void start() {
    followers.forEach(ObjectFollower::start);
  }

  /// Done when everything that was stored at the start is known.
  public CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(
        followers.stream().map(ObjectFollower::ready).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public void close() {
    followers.forEach(ObjectFollower::close);
  }

  /// Whether a pod on the node needs the object (or is it).
  boolean isRelated(String node, String resource, String namespace, String name) {
    return switch (resource) {
      case "volumeattachments" -> node.equals(nodeOfAttachment.get(name));
      case "resourceslices" -> node.equals(nodeOfSlice.get(name));
      case "secrets" ->
          isUsed(node, resource, namespace, name) || isOfVolume(node, namespace, name);
      case "persistentvolumes" -> {
        ObjectKey claim = claimOfVolume.get(name);
        yield claim != null
            && isRelated(node, "persistentvolumeclaims", claim.namespace(), claim.name());
      }
      default -> isUsed(node, resource, namespace, name);
    };
  }

  private boolean isUsed(String node, String resource, String namespace, String name) {
    return users.getOrDefault(new Thing(resource, namespace, name), Map.of()).containsValue(node);
  }

  private boolean isOfVolume(String node, String namespace, String name) {
    return volumesOfSecret.getOrDefault(new Thing("secrets", namespace, name), Set.of()).stream()
        .anyMatch(volume -> isRelated(node, "persistentvolumes", "", volume));
  }

  private final class Pods implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject pod) {
      ObjectKey key = ObjectKey.of(pod.namespace(), pod.name());
      Bound before = bound.getOrDefault(key, Bound.NONE);
      if (before.isSettledFor(pod)) {
        return;
      }
      JsonNode spec = pod.tree().path("spec");
      String node = spec.path("nodeName").asString("");
      if (node.isEmpty()) {
        return;
      }
      Set<Thing> now = PodNeeds.of(pod);
      for (Thing thing : now) {
        users.computeIfAbsent(thing, any -> new ConcurrentHashMap<>()).put(key, node);
      }
      bound.put(key, new Bound(pod.uid(), now, !spec.path("resourceClaims").isEmpty()));
      before.needs().stream()
          .filter(thing -> !now.contains(thing))
          .forEach(thing -> drop(thing, key));
    }

    @Override
    public void gone(StoredObject pod) {
      ObjectKey key = ObjectKey.of(pod.namespace(), pod.name());
      Bound known = bound.remove(key);
      if (known != null) {
        known.needs().forEach(thing -> drop(thing, key));
      }
    }

    private void drop(Thing thing, ObjectKey pod) {
      users.computeIfPresent(
          thing,
          (key, pods) -> {
            pods.remove(pod);
            return pods.isEmpty() ? null : pods;
          });
    }
  }

  private final class Volumes implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject volume) {
      forget(volume.name());
      for (JsonNode source : volume.tree().path("spec")) {
        for (Map.Entry<String, JsonNode> field : source.properties()) {
          JsonNode secret = field.getValue();
          if (field.getKey().endsWith("ecretRef") && secret.has("name")) {
            volumesOfSecret
                .computeIfAbsent(
                    new Thing(
                        "secrets",
                        secret.path("namespace").asString(""),
                        secret.path("name").asString("")),
                    _ -> ConcurrentHashMap.newKeySet())
                .add(volume.name());
          }
        }
      }
      JsonNode claim = volume.tree().path("spec").path("claimRef");
      if (claim.isObject()) {
        claimOfVolume.put(
            volume.name(),
            ObjectKey.of(claim.path("namespace").asString(""), claim.path("name").asString("")));
      } else {
        claimOfVolume.remove(volume.name());
      }
    }

    private void forget(String volume) {
      volumesOfSecret.values().removeIf(names -> names.remove(volume) && names.isEmpty());
    }

    @Override
    public void gone(StoredObject volume) {
      forget(volume.name());
      claimOfVolume.remove(volume.name());
    }
  }

  /// Objects whose `spec.nodeName` says whose they are.
  private record NamedNodes(Map<String, String> nodes) implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject object) {
      nodes.put(object.name(), object.tree().path("spec").path("nodeName").asString(""));
    }

    @Override
    public void gone(StoredObject last) {
      nodes.remove(last.name());
    }
  }

  /// What a pod refers to.
  private static final class PodNeeds {
    private final String namespace;
    private final Set<Thing> things = new HashSet<>();

    private PodNeeds(String namespace) {
      this.namespace = namespace;
    }

    static Set<Thing> of(StoredObject pod) {
      PodNeeds needs = new PodNeeds(pod.namespace());
      JsonNode tree = pod.tree();
      JsonNode spec = tree.path("spec");
      needs.add("pods", pod.name());
      boolean mirror = tree.path("metadata").path("annotations").has("kubernetes.io/config.mirror");
      if (mirror) {
        // A kubelet makes these itself: they must not open anything to it.
        return needs.things;
      }
      needs.add("serviceaccounts", spec.path("serviceAccountName").asString(""));
      for (JsonNode secret : spec.path("imagePullSecrets")) {
        needs.add("secrets", secret.path("name").asString(""));
      }
      for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
        spec.path(list).forEach(needs::ofContainer);
      }
      for (JsonNode volume : spec.path("volumes")) {
        needs.ofVolume(volume, pod.name());
      }
      for (JsonNode claim : spec.path("resourceClaims")) {
        needs.add("resourceclaims", claim.path("resourceClaimName").asString(""));
      }
      for (JsonNode claim : tree.path("status").path("resourceClaimStatuses")) {
        needs.add("resourceclaims", claim.path("resourceClaimName").asString(""));
      }
      return needs.things;
    }

    private void add(String resource, String name) {
      if (!name.isEmpty()) {
        things.add(new Thing(resource, namespace, name));
      }
    }

    private void ofContainer(JsonNode container) {
      for (JsonNode source : container.path("envFrom")) {
        add("configmaps", source.path("configMapRef").path("name").asString(""));
        add("secrets", source.path("secretRef").path("name").asString(""));
      }
      for (JsonNode variable : container.path("env")) {
        JsonNode from = variable.path("valueFrom");
        add("configmaps", from.path("configMapKeyRef").path("name").asString(""));
        add("secrets", from.path("secretKeyRef").path("name").asString(""));
      }
    }

    private void ofVolume(JsonNode volume, String pod) {
      add("secrets", volume.path("secret").path("secretName").asString(""));
      add("configmaps", volume.path("configMap").path("name").asString(""));
      String claim = "persistentVolumeClaim";
      add("persistentvolumeclaims", volume.path(claim).path("claimName").asString(""));
      if (volume.has("ephemeral")) {
        add("persistentvolumeclaims", pod + "-" + volume.path("name").asString(""));
      }
      for (JsonNode source : volume.path("projected").path("sources")) {
        add("secrets", source.path("secret").path("name").asString(""));
        add("configmaps", source.path("configMap").path("name").asString(""));
      }
      add("secrets", volume.path("azureFile").path("secretName").asString(""));
      for (String driver :
          List.of("storageos", "csi", "cephfs", "flexVolume", "iscsi", "rbd", "scaleIO")) {
        JsonNode source = volume.path(driver);
        add("secrets", source.path("nodePublishSecretRef").path("name").asString(""));
        add("secrets", source.path("secretRef").path("name").asString(""));
      }
    }
  }
}
