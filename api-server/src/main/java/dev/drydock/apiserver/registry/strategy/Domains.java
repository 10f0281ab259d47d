package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.status.FieldError;
import java.util.List;

/// Names that begin with a domain, or are one of some length.
///
/// Source: messages of `apimachinery/pkg/util/validation`.
public final class Domains {
  private static final String PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

  private Domains() {}

  /// `example.com/some/path`.
  public static void checkPrefixedPath(Field field, Violations found) {
    String text = field.text();
    if (text.isEmpty()) {
      found.required(field, "");
      return;
    }
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      found.invalid(field, "must be a domain-prefixed path (such as \"acme.io/foo\")");
      return;
    }
    String host = text.substring(0, slash);
    for (String problem : Names.subdomain(host)) {
      found.add(FieldError.invalid(field.path(), host, problem));
    }
    String path = text.substring(slash + 1);
    if (!path.matches(PATH)) {
      found.add(
          FieldError.invalid(
              field.path(), path, "Invalid path (regex used for validation is '" + PATH + "')"));
    }
  }

  /// The name of a webhook: a domain of three segments.
  public static void checkThreeSegments(Field field, Violations found) {
    if (!found.present(field, "")) {
      return;
    }
    List<String> problems = Names.subdomain(field.text());
    if (!problems.isEmpty()) {
      found.invalid(field, String.join(",", problems));
    } else if (field.text().split("\\.").length < 3) {
      found.invalid(field, "should be a domain with at least three segments separated by dots");
    }
  }

  /// A host with its domain; a dot may end it.
  public static void checkHost(Field field, Violations found) {
    if (!found.present(field, "")) {
      return;
    }
    String name = field.text().replaceFirst("\\.$", "");
    List<String> problems = Names.subdomain(name);
    if (!problems.isEmpty()) {
      found.add(FieldError.invalid(field.path(), name, String.join(",", problems)));
      return;
    }
    String[] labels = name.split("\\.");
    if (labels.length < 2) {
      found.add(
          FieldError.invalid(
              field.path(),
              name,
              "should be a domain with at least two segments separated by dots"));
      return;
    }
    for (String label : labels) {
      List<String> wrong = Names.label(label);
      if (!wrong.isEmpty()) {
        found.add(FieldError.invalid(field.path(), label, String.join(",", wrong)));
        return;
      }
    }
  }
}
