package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an applied intent claims, and whether it can.
final class IntentFields {
  private IntentFields() {}

  /// @throws ApiException 500, as Kubernetes answers, naming all that does not fit the schema
  static void check(ObjectNode intent, Schema schema) {
    TypedCheck.problem(intent, schema)
        .ifPresent(
            problem -> {
              throw refused(intent, problem);
            });
  }

  private static ApiException refused(ObjectNode intent, String problem) {
    JsonNode metadata = intent.path("metadata");
    String apiVersion = intent.path("apiVersion").asString("");
    String message =
        "failed to create typed patch object ("
            + metadata.path("namespace").stringValue("")
            + "/"
            + metadata.path("name").stringValue("")
            + "; "
            + (apiVersion.contains("/") ? apiVersion : "/" + apiVersion)
            + ", Kind="
            + intent.path("kind").asString("")
            + "): "
            + problem;
    return new ApiException(Status.failure(StatusReason.UNKNOWN, message));
  }

  /// The fields that an intent claims: leaves, list elements and entries of maps, not the
  /// containers around them.
  static void own(JsonNode value, @Nullable Schema schema, FieldSet.Builder into) {
    FieldShape shape = FieldShape.of(value, schema);
    if (shape == FieldShape.LEAF || (shape == FieldShape.GRANULAR && value.isEmpty())) {
      into.own();
    } else if (shape == FieldShape.GRANULAR) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        FieldSet.Builder place = into.child("f:" + entry.getKey());
        if (schema == null || !schema.properties().containsKey(entry.getKey())) {
          place.own();
        }
        own(entry.getValue(), FieldShape.field(schema, entry.getKey()), place);
      }
    } else {
      @Nullable Schema element = FieldShape.element(schema);
      shape
          .parts(value, schema)
          .forEach((name, part) -> own(part, element, into.child(name).own()));
    }
  }
}
