package dev.drydock.apiserver.admission;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// The one list of admission plugins, in the order in which they apply. To add one: a class, and a
/// line here.
final class AdmissionPlugins {
  private static final List<Plugin> ALL =
      List.of(
          on("NamespaceLifecycle", means -> new NamespaceLifecycle(means.lookup())),
          on("ServiceAccount", means -> new ServiceAccountRule(means.lookup(), means.random())),
          on("NodeRestriction", means -> new NodeRestriction(means.lookup())),
          on("Priority", means -> new PriorityRule(means.lookup())),
          on("DefaultTolerationSeconds", _ -> new DefaultTolerationSeconds()));

  private AdmissionPlugins() {}

  /// One plugin, by its name on the command line.
  private record Plugin(
      String name, Standing standing, Function<AdmissionMeans, AdmissionRule> build) {}

  /// What becomes of a plugin that nobody mentions.
  private enum Standing {
    ON,
    OFF
  }

  private static Plugin on(String name, Function<AdmissionMeans, AdmissionRule> build) {
    return new Plugin(name, Standing.ON, build);
  }

  static Set<String> names() {
    var names = new LinkedHashSet<String>();
    ALL.forEach(plugin -> names.add(plugin.name()));
    return names;
  }

  static List<AdmissionRule> chosen(AdmissionMeans means, AdmissionChoice choice) {
    return ALL.stream()
        .filter(
            plugin ->
                choice.enabled().contains(plugin.name())
                    || (plugin.standing() == Standing.ON
                        && !choice.disabled().contains(plugin.name())))
        .map(plugin -> plugin.build().apply(means))
        .toList();
  }
}
