package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.ReadOptions.InitialEvents;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.util.ArrayList;
import java.util.List;

/// Which state of the store a read wants to see.
sealed interface ReadVersion {
  String MATCH = "resourceVersionMatch";
  String EXACT = "Exact";
  String NOT_OLDER_THAN = "NotOlderThan";
  ResourceType LIST_OPTIONS =
      new ResourceType("meta.k8s.io", "v1", "", "ListOptions", Scope.CLUSTER);

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

  /// What may not be said together about a list.
  ///
  /// @throws ApiException `Invalid`
  static void checkList(ReadOptions options) {
    List<FieldError> errors = new ArrayList<>();
    String match = options.resourceVersionMatch();
    if (!match.isEmpty()) {
      if (options.resourceVersion().isEmpty()) {
        errors.add(
            forbiddenMatch("resourceVersionMatch is forbidden unless resourceVersion is provided"));
      }
      if (!options.continueToken().isEmpty()) {
        errors.add(forbiddenMatch("resourceVersionMatch is forbidden when continue is provided"));
      }
      if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
        errors.add(FieldError.notSupported(MATCH, match, List.of(EXACT, NOT_OLDER_THAN, "")));
      }
      if (match.equals(EXACT) && options.resourceVersion().equals("0")) {
        errors.add(
            forbiddenMatch(
                "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
      }
    }
    if (options.initialEvents() != InitialEvents.UNSET) {
      errors.add(
          FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
    }
    check(errors);
  }

  /// What may not be said together about a watch.
  ///
  /// @throws ApiException `Invalid`
  static void checkWatch(ReadOptions options) {
    List<FieldError> errors = new ArrayList<>();
    String match = options.resourceVersionMatch();
    boolean silent = options.initialEvents() == InitialEvents.UNSET;
    if (!silent && !match.equals(NOT_OLDER_THAN)) {
      errors.add(
          forbiddenMatch(
              "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
    }
    if (!match.isEmpty()) {
      if (silent) {
        errors.add(
            forbiddenMatch(
                "resourceVersionMatch is forbidden for watch unless sendInitialEvents is"
                    + " provided"));
      }
      if (!match.equals(NOT_OLDER_THAN)) {
        errors.add(FieldError.notSupported(MATCH, match, List.of(NOT_OLDER_THAN)));
      }
      if (!options.continueToken().isEmpty()) {
        errors.add(forbiddenMatch("resourceVersionMatch is forbidden when continue is provided"));
      }
    }
    check(errors);
  }

  private static FieldError forbiddenMatch(String why) {
    return FieldError.forbidden(MATCH, why);
  }

  private static void check(List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid(LIST_OPTIONS, "", errors);
    }
  }

  /// For a list without a continue token whose options have been checked.
  static ReadVersion ofList(ReadOptions options) {
    String match = options.resourceVersionMatch();
    String version = options.resourceVersion();
    boolean exact =
        match.equals(EXACT)
            || (match.isEmpty()
                && options.limit() > 0
                && !version.isEmpty()
                && !version.equals("0"));
    return exact ? new Exact(parse(version)) : new Recent(freshness(version));
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
}
