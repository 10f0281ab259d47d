package dev.drydock.apiserver.admission;

import dev.drydock.api.usage.QuotaScopes;
import dev.drydock.apiserver.configuration.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What may be used only where a quota allows it: the configuration of ResourceQuota.
record LimitedResources(List<Limit> limits) {
  private static final Set<String> VERSIONS =
      Set.of(
          "apiserver.config.k8s.io/v1",
          "resourcequota.admission.k8s.io/v1beta1",
          "resourcequota.admission.k8s.io/v1alpha1");

  LimitedResources {
    limits = List.copyOf(limits);
  }

  /// @param resource qualified name of the objects that use it
  /// @param contains parts of the names of what is used
  /// @param scopes of the objects
  record Limit(String resource, List<String> contains, List<JsonNode> scopes) {}

  /// What of a write no quota allows.
  ///
  /// @param names used without a quota about them
  /// @param scopes that the object is in, and no quota is
  record Uncovered(Set<String> names, List<JsonNode> scopes) {

    /// Empty: nothing.
    String refusal() {
      if (!names.isEmpty()) {
        return "insufficient quota to consume: " + String.join(",", new TreeSet<>(names));
      }
      return scopes.isEmpty()
          ? ""
          : "insufficient quota to match these scopes: "
              + scopes.stream()
                  .map(LimitedResources::shown)
                  .collect(Collectors.joining(" ", "[", "]"));
    }
  }

  /// @throws IllegalArgumentException for one that makes no sense
  static LimitedResources of(@Nullable String configuration) {
    if (configuration == null) {
      return new LimitedResources(List.of());
    }
    Section root = Section.parse(configuration);
    String kind = root.text("kind");
    if (!VERSIONS.contains(root.text("apiVersion"))
        || !(kind.equals("ResourceQuotaConfiguration") || kind.equals("Configuration"))) {
      throw new IllegalArgumentException(
          "ResourceQuota: no kind \"" + kind + "\" is registered for this version");
    }
    List<Limit> limits = new ArrayList<>();
    for (Section limit : root.only("limitedResources").children("limitedResources")) {
      limit.only("apiGroup", "resource", "matchContains", "matchScopes");
      String group = limit.text("apiGroup");
      List<JsonNode> scopes = new ArrayList<>();
      limit.children("matchScopes").forEach(scope -> scopes.add(scope.tree()));
      limits.add(
          new Limit(
              limit.text("resource") + (group.isEmpty() ? "" : "." + group),
              limit.texts("matchContains"),
              scopes));
    }
    return new LimitedResources(limits);
  }

  boolean isEmpty() {
    return limits.isEmpty();
  }

  /// @param used what the write uses
  /// @param quotas of the namespace
  /// @param covered what quotas say something about
  Uncovered uncovered(
      String resource,
      JsonNode object,
      Set<String> used,
      List<? extends JsonNode> quotas,
      Set<String> covered) {
    Set<String> names = new HashSet<>();
    List<JsonNode> scopes = new ArrayList<>();
    for (Limit limit : limits) {
      if (limit.resource().equals(resource)) {
        used.stream()
            .filter(name -> limit.contains().stream().anyMatch(name::contains))
            .forEach(names::add);
        limit.scopes().stream()
            .filter(scope -> QuotaScopes.matches(scope, resource, object))
            .forEach(scopes::add);
      }
    }
    names.removeAll(covered);
    scopes.removeIf(
        scope -> quotas.stream().anyMatch(quota -> has(quota, scope, resource, object)));
    return new Uncovered(names, scopes);
  }

  /// Whether a quota is about objects like this because of that scope.
  private static boolean has(JsonNode quota, JsonNode scope, String resource, JsonNode object) {
    String name = scope.path("scopeName").asString("");
    for (JsonNode plain : quota.path("spec").path("scopes")) {
      if (plain.asString("").equals(name)) {
        return true;
      }
    }
    for (JsonNode own : quota.path("spec").path("scopeSelector").path("matchExpressions")) {
      if (own.path("scopeName").asString("").equals(name)
          && QuotaScopes.matches(own, resource, object)) {
        return true;
      }
    }
    return false;
  }

  private static String shown(JsonNode scope) {
    String values =
        scope
            .path("values")
            .valueStream()
            .map(value -> value.asString(""))
            .collect(Collectors.joining(" ", "[", "]"));
    return "{"
        + scope.path("scopeName").asString("")
        + " "
        + scope.path("operator").asString("")
        + " "
        + values
        + "}";
  }
}
