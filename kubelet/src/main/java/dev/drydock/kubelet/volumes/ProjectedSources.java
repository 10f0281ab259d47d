package dev.drydock.kubelet.volumes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.kubelet.files.ProjectedVolume.Content;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Files made from objects: each is asked for at each access.
final class ProjectedSources {
  private final ReferencedObjects objects;

  ProjectedSources(ReferencedObjects objects) {
    this.objects = objects;
  }

  Map<String, Content> configMap(String namespace, String name, List<KeyToPath> items) {
    Optional<ConfigMap> found = objects.configMap(ObjectKey.of(namespace, name));
    Map<String, Content> all = new HashMap<>();
    found
        .map(ConfigMap::getData)
        .ifPresent(data -> data.forEach((key, text) -> all.put(key, () -> text.getBytes(UTF_8))));
    found
        .map(ConfigMap::getBinaryData)
        .ifPresent(data -> data.forEach((key, base64) -> all.put(key, () -> decoded(base64))));
    return selected(all, items);
  }

  Map<String, Content> secret(String namespace, String name, List<KeyToPath> items) {
    Optional<Secret> found = objects.secret(ObjectKey.of(namespace, name));
    Map<String, Content> all = new HashMap<>();
    found
        .map(Secret::getData)
        .ifPresent(data -> data.forEach((key, base64) -> all.put(key, () -> decoded(base64))));
    return selected(all, items);
  }

  static Map<String, Content> downward(
      List<DownwardAPIVolumeFile> items, Supplier<DownwardFields> fields) {
    Map<String, Content> all = new HashMap<>();
    for (DownwardAPIVolumeFile item : items) {
      all.put(item.getPath(), () -> value(item, fields.get()));
    }
    return all;
  }

  private static byte[] value(DownwardAPIVolumeFile item, DownwardFields fields)
      throws IOException {
    try {
      String text =
          item.getFieldRef() == null
              ? fields.resource(item.getResourceFieldRef(), null)
              : fields.field(item.getFieldRef().getFieldPath());
      return text.getBytes(UTF_8);
    } catch (SetupFailure e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  private static Map<String, Content> selected(
      Map<String, Content> all, @Nullable List<KeyToPath> items) {
    if (items == null || items.isEmpty()) {
      return all;
    }
    Map<String, Content> chosen = new TreeMap<>();
    for (KeyToPath item : items) {
      Content content = all.get(item.getKey());
      if (content != null) {
        chosen.put(item.getPath(), content);
      }
    }
    return chosen;
  }
}
