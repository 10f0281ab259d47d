package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.util.List;

/// Which state of the store a read wants to see.
sealed interface ReadVersion {

  /// From memory, as fresh as said.
  record Recent(Freshness freshness) implements ReadVersion {}

  /// Exactly the state at that revision.
  record Exact(Revision revision) implements ReadVersion {}

  /// For a get, and for a watch's beginning.
  static Freshness freshness(String resourceVersion) {
    if (resourceVersion.isEmpty()) {
      return new Freshness.Consistent();
    }
    Revision revision = parse(resourceVersion);
    return revision.isNone() ? new Freshness.Any() : new Freshness.NotOlderThan(revision);
  }

  /// For a list without a continue token.
  static ReadVersion ofList(ReadOptions options) {
    String match = options.resourceVersionMatch();
    String version = options.resourceVersion();
    if (!match.isEmpty() && version.isEmpty()) {
      throw invalidOptions(
          FieldError.forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch is forbidden unless resourceVersion is provided"));
    }
    if (!List.of("", "Exact", "NotOlderThan").contains(match)) {
      throw invalidOptions(
          FieldError.notSupported(
              "resourceVersionMatch", match, List.of("Exact", "NotOlderThan", "")));
    }
    boolean exact =
        match.equals("Exact")
            || (match.isEmpty()
                && options.limit() > 0
                && !version.isEmpty()
                && !version.equals("0"));
    if (!exact) {
      return new Recent(freshness(version));
    }
    Revision revision = parse(version);
    if (revision.isNone()) {
      throw invalidOptions(
          FieldError.forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
    }
    return new Exact(revision);
  }

  static Revision parse(String resourceVersion) {
    try {
      long value = Long.parseLong(resourceVersion);
      if (value >= 0) {
        return Revision.of(value);
      }
    } catch (NumberFormatException _) {
      // answered below
    }
    throw ApiException.badRequest(
        "invalid resource version: resourceVersion: Invalid value: \""
            + resourceVersion
            + "\": strconv.ParseUint: parsing \""
            + resourceVersion
            + "\": invalid syntax");
  }

  static ApiException invalidOptions(FieldError error) {
    return new ApiException(
        new Status(
            StatusReason.INVALID,
            StatusReason.INVALID.code(),
            "ListOptions.meta.k8s.io \"\" is invalid: " + error,
            new Status.Details("", "meta.k8s.io", "ListOptions", List.of(error), 0)));
  }
}
