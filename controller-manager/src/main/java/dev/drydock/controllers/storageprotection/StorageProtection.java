package dev.drydock.controllers.storageprotection;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.client.cache.Index;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.control.Controller;
import dev.drydock.client.control.KeyMapper;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Selection;
import dev.drydock.controllers.context.ControllerContext;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/// The three controllers that take the finalizers of storage away, and put them where they are
/// missing.
public final class StorageProtection {
  /// Pods on nodes by the claims that they use, as `NAMESPACE/NAME`.
  private static final Index<Pod> BY_CLAIM =
      new Index<>(
          "claim",
          pod ->
              PodFacts.nodeName(pod).isEmpty()
                  ? List.of()
                  : claims(pod).stream().map(ObjectKey::toString).toList());

  private StorageProtection() {}

  /// A claim stays while a pod on a node uses it. Before it goes the api-server is asked, since the
  /// news of a pod may be on its way yet.
  public static Component claims(ControllerContext context) {
    Informer<PersistentVolumeClaim> claims =
        context.informers().informer(Kinds.PERSISTENT_VOLUME_CLAIM);
    Informer<Pod> pods = context.informers().informer(Kinds.POD, List.of(BY_CLAIM));
    return Controller.named("persistentvolumeclaim-protection-controller", context.environment())
        .of("persistentvolumeclaim")
        .watch(claims, KeyMapper.self())
        .watch(pods, StorageProtection::claims)
        .reconcile(
            new ProtectionReconciler<>(
                Kinds.PERSISTENT_VOLUME_CLAIM,
                claims.lister(),
                context.api(),
                "kubernetes.io/pvc-protection",
                claim -> {
                  String key = ObjectKey.of(claim).toString();
                  return !pods.lister().byIndex(BY_CLAIM, key).isEmpty()
                      || list(context, Kinds.POD, claim.getMetadata().getNamespace()).stream()
                          .anyMatch(pod -> BY_CLAIM.values().apply(pod).contains(key));
                }));
  }

  private static <T extends HasMetadata> List<T> list(
      ControllerContext context, Kind<T> kind, String namespace) {
    return context.api().resource(kind).list(Selection.inNamespace(namespace)).items();
  }

  /// A volume stays while it is bound.
  public static Component volumes(ControllerContext context) {
    Informer<PersistentVolume> volumes = context.informers().informer(Kinds.PERSISTENT_VOLUME);
    return Controller.named("persistentvolume-protection-controller", context.environment())
        .of("persistentvolume")
        .watch(volumes, KeyMapper.self())
        .reconcile(
            new ProtectionReconciler<>(
                Kinds.PERSISTENT_VOLUME,
                volumes.lister(),
                context.api(),
                "kubernetes.io/pv-protection",
                volume ->
                    volume.getStatus() != null && "Bound".equals(volume.getStatus().getPhase())));
  }

  /// An attribute class stays while a volume or a claim names it; the api-server is asked here too.
  public static Component attributeClasses(ControllerContext context) {
    Kind<GenericKubernetesResource> kind =
        Kinds.dynamic(BuiltInTypes.get().type("storage.k8s.io/v1", "volumeattributesclasses"));
    Informer<GenericKubernetesResource> classes = context.informers().informer(kind);
    Informer<PersistentVolumeClaim> claims =
        context.informers().informer(Kinds.PERSISTENT_VOLUME_CLAIM);
    Informer<PersistentVolume> volumes = context.informers().informer(Kinds.PERSISTENT_VOLUME);
    return Controller.named("volumeattributesclass-protection-controller", context.environment())
        .of("volumeattributesclass")
        .watch(classes, KeyMapper.self())
        .watch(claims, claim -> keys(classesOf(claim)))
        .watch(volumes, volume -> keys(classesOf(volume)))
        .reconcile(
            new ProtectionReconciler<>(
                kind,
                classes.lister(),
                context.api(),
                "kubernetes.io/vac-protection",
                each -> {
                  String name = each.getMetadata().getName();
                  return isUsed(name, claims.lister().list(), volumes.lister().list())
                      || isUsed(
                          name,
                          list(context, Kinds.PERSISTENT_VOLUME_CLAIM, ""),
                          list(context, Kinds.PERSISTENT_VOLUME, ""));
                }));
  }

  private static boolean isUsed(
      String attributeClass, List<PersistentVolumeClaim> claims, List<PersistentVolume> volumes) {
    return claims.stream().anyMatch(claim -> classesOf(claim).contains(attributeClass))
        || volumes.stream().anyMatch(volume -> classesOf(volume).contains(attributeClass));
  }

  /// The claims that a pod names, and those that are made for it.
  private static Collection<ObjectKey> claims(Pod pod) {
    List<ObjectKey> keys = new ArrayList<>();
    String namespace = pod.getMetadata().getNamespace();
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getPersistentVolumeClaim() != null) {
        keys.add(ObjectKey.of(namespace, volume.getPersistentVolumeClaim().getClaimName()));
      } else if (volume.getEphemeral() != null) {
        keys.add(ObjectKey.of(namespace, pod.getMetadata().getName() + "-" + volume.getName()));
      }
    }
    return keys;
  }

  private static List<String> classesOf(PersistentVolumeClaim claim) {
    List<String> names = new ArrayList<>();
    names.add(claim.getSpec().getVolumeAttributesClassName());
    if (claim.getStatus() != null) {
      names.add(claim.getStatus().getCurrentVolumeAttributesClassName());
      if (claim.getStatus().getModifyVolumeStatus() != null) {
        names.add(claim.getStatus().getModifyVolumeStatus().getTargetVolumeAttributesClassName());
      }
    }
    return names.stream().filter(Objects::nonNull).toList();
  }

  private static List<String> classesOf(PersistentVolume volume) {
    String name = volume.getSpec() == null ? null : volume.getSpec().getVolumeAttributesClassName();
    return name == null ? List.of() : List.of(name);
  }

  private static List<ObjectKey> keys(List<String> classes) {
    return classes.stream().map(ObjectKey::clusterScoped).toList();
  }
}
