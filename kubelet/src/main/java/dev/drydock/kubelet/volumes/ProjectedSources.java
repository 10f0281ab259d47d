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

  /// Which keys become files, and their permissions.
  ///
  /// @param items null or empty: all
  /// @param mode where an item does not say
  record Chosen(@Nullable List<KeyToPath> items, int mode) {}

  Map<String, Content> configMap(String namespace, String name, Chosen chosen) {
    Optional<ConfigMap> found = objects.configMap(ObjectKey.of(namespace, name));
    Map<String, Content> all = new HashMap<>();
    found
        .map(ConfigMap::getData)
        .ifPresent(data -> data.forEach((key, text) -> all.put(key, () -> text.getBytes(UTF_8))));
    found
        .map(ConfigMap::getBinaryData)
        .ifPresent(data -> data.forEach((key, base64) -> all.put(key, () -> decoded(base64))));
    return selected(all, chosen);
  }

  Map<String, Content> secret(String namespace, String name, Chosen chosen) {
    Optional<Secret> found = objects.secret(ObjectKey.of(namespace, name));
    Map<String, Content> all = new HashMap<>();
    found
        .map(Secret::getData)
        .ifPresent(data -> data.forEach((key, base64) -> all.put(key, () -> decoded(base64))));
    return selected(all, chosen);
  }

  static Map<String, Content> downward(
      List<DownwardAPIVolumeFile> items, int usual, Supplier<DownwardFields> fields) {
    Map<String, Content> all = new HashMap<>();
    for (DownwardAPIVolumeFile item : items) {
      int mode = item.getMode() == null ? usual : item.getMode();
      Content content = () -> value(item, fields.get());
      all.put(item.getPath(), content.withMode(mode));
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

  private static Map<String, Content> selected(Map<String, Content> all, Chosen chosen) {
    List<KeyToPath> items = chosen.items();
    if (items == null || items.isEmpty()) {
      all.replaceAll((_, content) -> content.withMode(chosen.mode()));
      return all;
    }
    Map<String, Content> files = new TreeMap<>();
    for (KeyToPath item : items) {
      Content content = all.get(item.getKey());
      if (content != null) {
        int mode = item.getMode() == null ? chosen.mode() : item.getMode();
        files.put(item.getPath(), content.withMode(mode));
      }
    }
    return files;
  }
}
