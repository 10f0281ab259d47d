package dev.drydock.apiserver.rest;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.GoText;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.ReadOptions.Bookmarks;
import dev.drydock.apiserver.request.ReadOptions.InitialEvents;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.WriteOptions.FieldValidation;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Query parameters and option objects as values.
final class Options {
  private Options() {}

  static ReadOptions read(Query query) {
    if (query.values().isEmpty()) {
      return ReadOptions.NONE;
    }
    InitialEvents initial =
        !query.has("sendInitialEvents")
            ? InitialEvents.UNSET
            : query.flag("sendInitialEvents") ? InitialEvents.SEND : InitialEvents.SKIP;
    return new ReadOptions(
        query.get("labelSelector"),
        query.get("fieldSelector"),
        query.get("resourceVersion"),
        query.get("resourceVersionMatch"),
        query.number("limit", 0),
        query.get("continue"),
        initial,
        query.flag("allowWatchBookmarks") ? Bookmarks.WANTED : Bookmarks.NOT_WANTED);
  }

  /// @param kind the options' kind, for messages: `CreateOptions`
  static WriteOptions write(Query query, String kind) {
    List<FieldError> errors = new ArrayList<>();
    Persistence persistence = persistence(query.all("dryRun"), errors);
    FieldValidation validation =
        switch (query.get("fieldValidation")) {
          case "Ignore" -> FieldValidation.IGNORE;
          case "", "Warn" -> FieldValidation.WARN;
          case "Strict" -> FieldValidation.STRICT;
          default -> {
            errors.add(
                FieldError.notSupported(
                    "fieldValidation",
                    query.get("fieldValidation"),
                    List.of("", "Ignore", "Strict", "Warn")));
            yield FieldValidation.WARN;
          }
        };
    String manager = query.get("fieldManager");
    if (manager.length() > 128) {
      errors.add(FieldError.tooLong("fieldManager", 128));
    }
    for (GoText.Unprintable each : GoText.unprintable(manager)) {
      String what = String.format(Locale.ROOT, "invalid character U+%04X", each.character());
      errors.add(
          FieldError.invalid(
              "fieldManager", manager, what + " (at position " + each.position() + ")"));
    }
    check(kind, errors);
    return new WriteOptions(persistence, manager, validation);
  }

  /// What apply does about conflicts; refuses what only apply may say.
  static Optional<PatchBody.Conflicts> conflicts(Query query, boolean apply) {
    List<FieldError> errors = new ArrayList<>();
    if (apply && query.get("fieldManager").isEmpty()) {
      errors.add(FieldError.required("fieldManager", "is required for apply patch"));
    }
    if (!apply && query.has("force")) {
      errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
    }
    check("PatchOptions", errors);
    return apply
        ? Optional.of(query.flag("force") ? PatchBody.Conflicts.FORCE : PatchBody.Conflicts.FAIL)
        : Optional.empty();
  }

  /// Of the body where there is one, else of the query.
  static DeleteOptions delete(@Nullable JsonNode body, Query query) {
    List<FieldError> errors = new ArrayList<>();
    DeleteOptions options = body == null ? ofQuery(query, errors) : ofBody(body, query, errors);
    check("DeleteOptions", errors);
    return options;
  }

  private static DeleteOptions ofQuery(Query query, List<FieldError> errors) {
    Long grace =
        query.has("gracePeriodSeconds") ? (Long) query.number("gracePeriodSeconds", 0) : null;
    String orphan = query.has("orphanDependents") ? query.get("orphanDependents") : "";
    return new DeleteOptions(
        grace,
        propagation(query.get("propagationPolicy"), orphan, errors),
        "",
        "",
        persistence(query.all("dryRun"), errors));
  }

  private static DeleteOptions ofBody(JsonNode body, Query query, List<FieldError> errors) {
    JsonNode grace = body.path("gracePeriodSeconds");
    List<String> dryRun = new ArrayList<>(query.all("dryRun"));
    body.path("dryRun").forEach(one -> dryRun.add(text(one)));
    JsonNode orphan = body.path("orphanDependents");
    JsonNode preconditions = body.path("preconditions");
    return new DeleteOptions(
        grace.isIntegralNumber() ? (Long) grace.longValue() : null,
        propagation(
            text(body.path("propagationPolicy")),
            orphan.isBoolean() ? String.valueOf(orphan.booleanValue()) : "",
            errors),
        text(preconditions.path("uid")),
        text(preconditions.path("resourceVersion")),
        persistence(dryRun, errors));
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.stringValue() : "";
  }

  private static String propagation(String policy, String orphan, List<FieldError> errors) {
    return switch (policy) {
      case "" -> orphan.isEmpty() ? "" : orphan.equals("true") ? "Orphan" : "Background";
      case "Background", "Foreground", "Orphan" -> {
        if (!orphan.isEmpty()) {
          errors.add(
              FieldError.invalid(
                  "propagationPolicy",
                  policy,
                  "orphanDependents and deletionPropagation cannot be both set"));
        }
        yield policy;
      }
      default -> {
        errors.add(
            FieldError.notSupported(
                "propagationPolicy", policy, List.of("Background", "Foreground", "Orphan")));
        yield "";
      }
    };
  }

  private static Persistence persistence(List<String> dryRun, List<FieldError> errors) {
    if (!dryRun.stream().allMatch("All"::equals)) {
      ArrayNode given = JsonNodeFactory.instance.arrayNode();
      dryRun.forEach(given::add);
      errors.add(FieldError.notSupported("dryRun", given, List.of("All")));
    }
    return dryRun.isEmpty() ? Persistence.STORED : Persistence.DRY_RUN;
  }

  private static void check(String kind, List<FieldError> errors) {
    if (!errors.isEmpty()) {
      throw ApiException.invalid(
          new ResourceType("meta.k8s.io", "v1", "", kind, Scope.CLUSTER), "", errors);
    }
  }
}
