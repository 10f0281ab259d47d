package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.status.ApiException;
import java.util.Map;

/// What the server says of a body that is another kind than its address.
final class Mismatch {
  /// What the real server calls the parts of its code that hold its inner forms, where that is not
  /// the first part of the group's name.
  private static final Map<String, String> HOMES =
      Map.of(
          "", "core",
          "events.k8s.io", "core",
          "flowcontrol.apiserver.k8s.io", "flowcontrol",
          "internal.apiserver.k8s.io", "apiserverinternal");

  private Mismatch() {}

  /// Whether nobody but the client knows the kind; kinds that clients define are not looked for.
  static boolean isUnknown(GroupVersionKind expected, GroupVersionKind given) {
    Schemas known = Schemas.builtIn();
    return known.kind(expected).isPresent() && known.kind(given).isEmpty();
  }

  static ApiException of(GroupVersionKind expected, GroupVersionKind given) {
    String reason =
        Schemas.builtIn().kind(given).isPresent()
            ? "converting ("
                + given.version()
                + "."
                + given.kind()
                + ") to ("
                + home(expected.group())
                + "."
                + expected.kind()
                + "): unknown conversion"
            : "no kind \""
                + given.kind()
                + "\" is registered for version \""
                + given.apiVersion()
                + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"";
    return ApiException.badRequest(
        given.kind()
            + " in version \""
            + given.version()
            + "\" cannot be handled as a "
            + expected.kind()
            + ": "
            + reason);
  }

  private static String home(String group) {
    int dot = group.indexOf('.');
    return HOMES.getOrDefault(group, dot < 0 ? group : group.substring(0, dot));
  }
}
