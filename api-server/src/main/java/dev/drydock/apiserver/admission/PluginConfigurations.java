package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.configuration.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `--admission-control-config-file` says about single plugins.
///
/// @param directory to which paths in configurations are relative
/// @param byPlugin the text of each plugin's own configuration
/// @param patience how long pods stay on nodes that fail
public record PluginConfigurations(
    Path directory, Map<String, String> byPlugin, Patience patience) {
  public static final PluginConfigurations NONE =
      new PluginConfigurations(Path.of("."), Map.of(), Patience.USUAL);

  /// In seconds: `--default-not-ready-toleration-seconds`,
  /// `--default-unreachable-toleration-seconds`.
  public record Patience(int notReady, int unreachable) {
    public static final Patience USUAL = new Patience(300, 300);
  }

  private static final Set<String> VERSIONS =
      Set.of("apiserver.config.k8s.io/v1", "apiserver.k8s.io/v1alpha1");

  /// Those that can be configured here.
  private static final Set<String> CONFIGURABLE =
      Set.of(
          "EventRateLimit",
          "ImagePolicyWebhook",
          "PodNodeSelector",
          "PodSecurity",
          "PodTolerationRestriction",
          "ResourceQuota");

  public PluginConfigurations {
    byPlugin = Map.copyOf(byPlugin);
  }

  /// @throws IllegalArgumentException when it can't be understood
  public static PluginConfigurations read(Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      Section root =
          Section.read(Files.readString(file), "AdmissionConfiguration", VERSIONS).only("plugins");
      Map<String, String> texts = new HashMap<>();
      for (Section plugin : root.children("plugins")) {
        plugin.only("name", "path", "configuration");
        String name = plugin.text("name");
        if (!CONFIGURABLE.contains(name)) {
          throw new IllegalArgumentException(
              file + ": plugin \"" + name + "\" has no configuration here");
        }
        String path = plugin.text("path");
        String text =
            plugin.has("configuration")
                ? plugin.child("configuration").tree().toString()
                : path.isEmpty() || directory == null
                    ? ""
                    : Files.readString(directory.resolve(path));
        if (!text.isBlank()) {
          texts.put(name, text);
        }
      }
      return new PluginConfigurations(
          directory == null ? Path.of(".") : directory, texts, Patience.USUAL);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /// The same with another patience.
  public PluginConfigurations withPatience(Patience other) {
    return new PluginConfigurations(directory, byPlugin, other);
  }

  /// The text of a plugin's configuration; null: there is none.
  @Nullable String of(String plugin) {
    return byPlugin.get(plugin);
  }
}
