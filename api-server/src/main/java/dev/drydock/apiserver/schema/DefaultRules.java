package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether the defaults of a schema are what a client could have written.
final class DefaultRules {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("metadata", "kind", "apiVersion");

  private final List<FieldError> errors = new ArrayList<>();

  /// Whether a schema is about fields that every object has.
  private enum Within {
    METADATA,
    OTHERS
  }

  private DefaultRules() {}

  static List<FieldError> check(SchemaNode schema, String place) {
    var rules = new DefaultRules();
    rules.parts(schema, place, true, Within.OTHERS);
    return rules.errors;
  }

  private void schema(@Nullable SchemaNode schema, String place, Within within) {
    if (schema == null) {
      return;
    }
    Within now = schema.isEmbedded() ? Within.OTHERS : within;
    JsonNode given = schema.defaultValue();
    if (given != null && !given.isNull()) {
      value(given, schema, place + ".default", now);
    }
    parts(schema, place, schema.isEmbedded(), now);
  }

  /// What the values of a map default to is not looked at: it can't be used.
  private void parts(SchemaNode schema, String place, boolean whole, Within within) {
    schema(schema.items(), place + ".items", within);
    schema
        .properties()
        .forEach(
            (name, part) ->
                schema(
                    part,
                    place + ".properties[" + name + "]",
                    whole && OF_EVERY_OBJECT.contains(name) ? Within.METADATA : within));
  }

  private void value(JsonNode given, SchemaNode schema, String place, Within within) {
    JsonNode pruned = given.deepCopy();
    if (within == Within.OTHERS && !Pruning.pruneValue(pruned, schema).isEmpty()) {
      errors.add(FieldError.invalid(place, Shown.of(given), "must not have unknown fields"));
    }
    if (schema.isEmbedded() && given.isObject()) {
      for (String name : List.of("apiVersion", "kind")) {
        if (given.path(name).stringValue("").isEmpty()) {
          errors.add(FieldError.required(place + "." + name, ""));
        }
      }
    }
    for (FieldError error : SchemaValidation.check(given, null, schema)) {
      errors.add(new FieldError(error.type(), below(place, error.field()), error.message()));
    }
  }

  /// The messages name parts of the value, and so do errors; these get their whole path.
  private static String below(String place, String path) {
    if (path.equals(SchemaValidation.NOWHERE)) {
      return place;
    }
    return place + "." + path;
  }
}
