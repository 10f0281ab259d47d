package dev.drydock.kubelet.volumes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.files.ProjectedVolume;
import dev.drydock.kubelet.files.ProjectedVolume.Content;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The volumes of one pod, and how its containers mount them.
public final class PodVolumes {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private static final int USUAL_MODE = 0644;

  private final Map<String, Held> volumes;

  private record Held(dev.drydock.kubelet.files.Volume volume, Mount.Medium medium) {}

  private PodVolumes(Map<String, Held> volumes) {
    this.volumes = volumes;
  }

  /// Where volumes come from; one for all pods of a node.
  public record Sources(ReferencedObjects objects, ServiceTokens tokens, NodeFiles files) {}

  /// Makes all volumes of a pod.
  ///
  /// @param fields the pod as it is at the moment of asking
  /// @throws SetupFailure with the text of the event `FailedMount`
  public static PodVolumes setUp(
      Pod pod, Sources sources, Supplier<DownwardFields> fields, Instant now) throws SetupFailure {
    Setup setup = new Setup(pod, sources, fields, now);
    Map<String, Held> all = new HashMap<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      try {
        all.put(volume.getName(), new Held(setup.volume(volume), medium(volume)));
      } catch (SetupFailure e) {
        throw new SetupFailure(
            "MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : " + e.getMessage());
      }
    }
    return new PodVolumes(all);
  }

  /// The mounts of a container; `$(NAME)` in `subPathExpr` is replaced.
  public List<Mount> mounts(Container container, Map<String, String> environment)
      throws SetupFailure {
    List<Mount> mounts = new ArrayList<>();
    for (VolumeMount mount : container.getVolumeMounts()) {
      Held held = volumes.get(mount.getName());
      if (held == null) {
        throw new SetupFailure(
            "cannot find volume \""
                + mount.getName()
                + "\" to mount into"
                + " container \""
                + container.getName()
                + "\"");
      }
      String subPath = mount.getSubPath() == null ? "" : mount.getSubPath();
      if (mount.getSubPathExpr() != null) {
        subPath = Expansion.expand(mount.getSubPathExpr(), environment);
      }
      requireInside(subPath);
      Mount.Access access =
          Boolean.TRUE.equals(mount.getReadOnly())
              ? Mount.Access.READ_ONLY
              : Mount.Access.READ_WRITE;
      if (!subPath.isEmpty() && held.volume().stat(subPath).isEmpty()) {
        makeDirectories(held.volume(), subPath);
      }
      mounts.add(new Mount(mount.getMountPath(), held.volume(), subPath, access, held.medium()));
    }
    return mounts;
  }

  private static Mount.Medium medium(Volume volume) {
    boolean memory =
        volume.getSecret() != null
            || volume.getProjected() != null
            || volume.getDownwardAPI() != null
            || (volume.getEmptyDir() != null && "Memory".equals(volume.getEmptyDir().getMedium()));
    return memory ? Mount.Medium.MEMORY : Mount.Medium.DISK;
  }

  /// The API has checked what it could; variables may bring in anything.
  private static void requireInside(String subPath) throws SetupFailure {
    if (subPath.startsWith("/")) {
      throw new SetupFailure("error SubPath `" + subPath + "` must not be an absolute path");
    }
    if (List.of(subPath.split("/", -1)).contains("..")) {
      throw new SetupFailure(
          "unable to provision SubPath `" + subPath + "`: must not contain '..'");
    }
  }

  private static void makeDirectories(dev.drydock.kubelet.files.Volume volume, String path) {
    try {
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        volume.makeDirectory(path.substring(0, slash));
      }
      volume.makeDirectory(path);
    } catch (java.io.IOException e) {
      // A read-only volume without that path: the container will see that it is missing.
    }
  }

  private record Setup(Pod pod, Sources sources, Supplier<DownwardFields> fields, Instant now) {

    dev.drydock.kubelet.files.Volume volume(Volume volume) throws SetupFailure {
      String namespace = pod.getMetadata().getNamespace();
      ProjectedSources projected = new ProjectedSources(sources.objects());
      if (volume.getConfigMap() != null) {
        var ref = volume.getConfigMap();
        requireConfigMap(ref.getName(), ref.getOptional());
        var modes = new ProjectedSources.Chosen(ref.getItems(), mode(ref.getDefaultMode()));
        return files(() -> projected.configMap(namespace, ref.getName(), modes));
      }
      if (volume.getSecret() != null) {
        var ref = volume.getSecret();
        requireSecret(ref.getSecretName(), ref.getOptional());
        var modes = new ProjectedSources.Chosen(ref.getItems(), mode(ref.getDefaultMode()));
        return files(() -> projected.secret(namespace, ref.getSecretName(), modes));
      }
      if (volume.getDownwardAPI() != null) {
        var items = volume.getDownwardAPI().getItems();
        int mode = mode(volume.getDownwardAPI().getDefaultMode());
        return files(() -> ProjectedSources.downward(items, mode, fields));
      }
      if (volume.getProjected() != null) {
        return projected(
            volume.getProjected().getSources(), mode(volume.getProjected().getDefaultMode()));
      }
      if (volume.getHostPath() != null) {
        String type = volume.getHostPath().getType();
        return sources.files().hostPath(volume.getHostPath().getPath(), type == null ? "" : type);
      }
      if (volume.getPersistentVolumeClaim() != null) {
        return claim(volume.getPersistentVolumeClaim().getClaimName());
      }
      if (volume.getEphemeral() != null) {
        return claim(pod.getMetadata().getName() + "-" + volume.getName());
      }
      return sources.files().fresh();
    }

    private ProjectedVolume files(ProjectedVolume.Source source) {
      return new ProjectedVolume(source, now);
    }

    private static int mode(@Nullable Integer given) {
      return given == null ? USUAL_MODE : given;
    }

    private ProjectedVolume projected(List<VolumeProjection> parts, int mode) throws SetupFailure {
      String namespace = pod.getMetadata().getNamespace();
      ProjectedSources projected = new ProjectedSources(sources.objects());
      List<ProjectedVolume.Source> all = new ArrayList<>();
      for (VolumeProjection part : parts) {
        if (part.getConfigMap() != null) {
          var ref = part.getConfigMap();
          if (!ref.getName().equals("kube-root-ca.crt")) {
            requireConfigMap(ref.getName(), ref.getOptional());
          }
          var chosen = new ProjectedSources.Chosen(ref.getItems(), mode);
          all.add(() -> projected.configMap(namespace, ref.getName(), chosen));
        }
        if (part.getSecret() != null) {
          var ref = part.getSecret();
          requireSecret(ref.getName(), ref.getOptional());
          var chosen = new ProjectedSources.Chosen(ref.getItems(), mode);
          all.add(() -> projected.secret(namespace, ref.getName(), chosen));
        }
        if (part.getDownwardAPI() != null) {
          var items = part.getDownwardAPI().getItems();
          all.add(() -> ProjectedSources.downward(items, mode, fields));
        }
        if (part.getServiceAccountToken() != null) {
          all.add(token(part.getServiceAccountToken()));
        }
      }
      return files(
          () -> {
            Map<String, Content> merged = new HashMap<>();
            all.forEach(source -> merged.putAll(source.files()));
            return merged;
          });
    }

    private ProjectedVolume.Source token(ServiceAccountTokenProjection part) {
      String audience = part.getAudience() == null ? "" : part.getAudience();
      Duration life =
          part.getExpirationSeconds() == null
              ? TOKEN_LIFE
              : Duration.ofSeconds(part.getExpirationSeconds());
      ServiceTokens.Source token = sources.tokens().token(pod, audience, life);
      Map<String, Content> file = Map.of(part.getPath(), () -> token.read().getBytes(UTF_8));
      return () -> file;
    }

    private dev.drydock.kubelet.files.Volume claim(String name) throws SetupFailure {
      var claim =
          sources
              .objects()
              .claim(ObjectKey.of(pod.getMetadata().getNamespace(), name))
              .orElseThrow(
                  () -> new SetupFailure("persistentvolumeclaim \"" + name + "\" not found"));
      String volume = claim.getSpec().getVolumeName();
      if (volume == null || volume.isEmpty()) {
        throw new SetupFailure("claim " + name + " is not bound to a volume");
      }
      return sources.files().persistent(volume);
    }

    private void requireConfigMap(String name, Boolean optional) throws SetupFailure {
      ObjectKey key = ObjectKey.of(pod.getMetadata().getNamespace(), name);
      if (!Boolean.TRUE.equals(optional) && sources.objects().configMap(key).isEmpty()) {
        throw new SetupFailure("configmap \"" + name + "\" not found");
      }
    }

    private void requireSecret(String name, Boolean optional) throws SetupFailure {
      ObjectKey key = ObjectKey.of(pod.getMetadata().getNamespace(), name);
      if (!Boolean.TRUE.equals(optional) && sources.objects().secret(key).isEmpty()) {
        throw new SetupFailure("secret \"" + name + "\" not found");
      }
    }
  }
}
