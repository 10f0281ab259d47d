package dev.drydock.lab.trace;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/// The object whose traces are wanted, as a person writes it: `deployment/web`, `po/web-1`.
///
/// @param resource plural, lower case
public record Subject(String resource, String namespace, String name) {
  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("deploy", "deployments"),
          Map.entry("rs", "replicasets"),
          Map.entry("po", "pods"),
          Map.entry("svc", "services"),
          Map.entry("no", "nodes"),
          Map.entry("ns", "namespaces"),
          Map.entry("cm", "configmaps"),
          Map.entry("sa", "serviceaccounts"),
          Map.entry("ep", "endpoints"),
          Map.entry("ev", "events"));

  /// @throws IllegalArgumentException when it is not of the form `KIND/NAME`
  public static Subject parse(String text, String namespace) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw new IllegalArgumentException(
          "name an object as KIND/NAME, for example deployment/web, not '" + text + "'");
    }
    String kind = text.substring(0, slash).toLowerCase(Locale.ROOT);
    int dot = kind.indexOf('.');
    return new Subject(
        plural(dot < 0 ? kind : kind.substring(0, dot)), namespace, text.substring(slash + 1));
  }

  /// Matches steps about the object itself or one of its sub-resources.
  public Predicate<Step> matches() {
    return step ->
        step.about().resource().equals(resource)
            && step.about().name().equals(name)
            && (step.about().namespace().isEmpty() || step.about().namespace().equals(namespace));
  }

  private static String plural(String kind) {
    String known = SHORT_NAMES.get(kind);
    if (known != null) {
      return known;
    }
    if (kind.endsWith("s") && !kind.endsWith("ss")) {
      return kind;
    }
    if (kind.endsWith("y")) {
      return kind.substring(0, kind.length() - 1) + "ies";
    }
    List<String> hissing = List.of("s", "x", "ch");
    return kind + (hissing.stream().anyMatch(kind::endsWith) ? "es" : "s");
  }
}
