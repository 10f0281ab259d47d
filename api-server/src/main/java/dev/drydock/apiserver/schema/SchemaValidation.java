package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.schema.SchemaNode.Junctors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a value is as its schema wants it. What an update leaves as it was is not looked at
/// again: a schema may have become stricter than the objects it finds.
///
/// Source: the messages of kube-openapi's validation and of apiextensions' field errors.
public final class SchemaValidation {
  /// How a path that leads nowhere is written.
  static final String NOWHERE = "<nil>";

  private final List<FieldError> errors = new ArrayList<>();
  private int passed;

  private SchemaValidation() {}

  /// @param before the stored object; null for a new one
  public static List<FieldError> check(
      JsonNode value, @Nullable JsonNode before, SchemaNode schema) {
    return check(value, before, schema, "");
  }

  /// @param path where the value stands; empty: it is the whole object
  public static List<FieldError> check(
      JsonNode value, @Nullable JsonNode before, SchemaNode schema, String path) {
    return run(value, before, schema, path).errors;
  }

  private static SchemaValidation run(
      JsonNode value, @Nullable JsonNode before, SchemaNode schema, String path) {
    var validation = new SchemaValidation();
    validation.value(value, before, schema, path);
    return validation;
  }

  private void value(JsonNode value, @Nullable JsonNode before, SchemaNode schema, String path) {
    if (before != null && before.equals(value)) {
      return;
    }
    boolean typed = type(value, schema, path);
    if (value.isNull()) {
      enumeration(value, schema, path);
      return;
    }
    junctors(value, schema.junctors(), path);
    Constraints asked = schema.constraints();
    switch (value.getNodeType()) {
      case STRING -> Scalars.text(value.stringValue(""), asked, path, this::add);
      case NUMBER -> Scalars.number(value, asked, path, this::add);
      case ARRAY -> array((ArrayNode) value, before, schema, path);
      default -> {
        // nothing but its type and the enumeration is asked of the others
      }
    }
    enumeration(value, schema, path);
    if (value instanceof ObjectNode object) {
      object(object, before, schema, path);
    }
    if (typed) {
      passed++;
    }
  }

  private void add(FieldError error) {
    errors.add(error);
  }

  static String place(String path) {
    return path.isEmpty() ? NOWHERE : path;
  }

  /// `spec.replicas in body`.
  static String in(String path) {
    return path + " in body";
  }

  private boolean type(JsonNode value, SchemaNode schema, String path) {
    List<String> types = schema.types();
    if (types.isEmpty() || (value.isNull() && schema.isNullable())) {
      return true;
    }
    String actual = Shown.typeOf(value);
    boolean fits =
        types.contains(actual)
            || (actual.equals("integer") && types.contains("number"))
            || (actual.equals("number") && types.contains("integer") && Scalars.isWhole(value));
    if (!fits) {
      String message =
          in(path) + " must be of type " + String.join(",", types) + ": \"" + actual + '"';
      errors.add(
          new FieldError(
              FieldError.Type.TYPE_INVALID,
              place(path),
              "Invalid value: \"" + actual + "\": " + message));
    }
    return fits;
  }

  private void enumeration(JsonNode value, SchemaNode schema, String path) {
    List<JsonNode> allowed = schema.constraints().enumeration();
    if (allowed.isEmpty() || allowed.stream().anyMatch(one -> Scalars.same(one, value))) {
      return;
    }
    List<String> texts =
        allowed.stream().map(one -> one.isString() ? one.stringValue("") : one.toString()).toList();
    errors.add(FieldError.notSupported(place(path), Shown.of(value), texts));
  }

  private void array(ArrayNode array, @Nullable JsonNode before, SchemaNode schema, String path) {
    Scalars.items(array, schema.constraints(), path, this::add);
    SchemaNode items = schema.items();
    if (items == null) {
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      JsonNode each = array.get(i);
      value(each, ListTypes.counterpart(each, before, schema), items, path + "[" + i + "]");
    }
  }

  private void object(
      ObjectNode object, @Nullable JsonNode before, SchemaNode schema, String path) {
    Scalars.properties(object, schema.constraints(), path, this::add);
    String prefix = path.isEmpty() ? "" : path + ".";
    for (String name : schema.required()) {
      if (!object.has(name)) {
        errors.add(FieldError.required(prefix + name, ""));
      }
    }
    boolean named = !schema.properties().isEmpty();
    if (!named && schema.additional() == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      SchemaNode of = schema.property(entry.getKey());
      if (of != null) {
        value(
            entry.getValue(),
            before == null ? null : before.get(entry.getKey()),
            of,
            prefix + entry.getKey());
      }
    }
  }

  private void junctors(JsonNode value, Junctors all, String path) {
    if (all.isEmpty()) {
      return;
    }
    anyOf(value, all.anyOf(), path);
    oneOf(value, all.oneOf(), path);
    allOf(value, all.allOf(), path);
    SchemaNode not = all.not();
    if (not != null && run(value, null, not, path).errors.isEmpty()) {
      broken(path, "must not validate the schema (not)");
    }
  }

  private void anyOf(JsonNode value, List<SchemaNode> schemas, String path) {
    if (schemas.isEmpty()) {
      return;
    }
    SchemaValidation best = null;
    for (SchemaNode schema : schemas) {
      SchemaValidation tried = run(value, null, schema, path);
      if (tried.errors.isEmpty()) {
        return;
      }
      best = best == null || tried.passed > best.passed ? tried : best;
    }
    broken(path, "must validate at least one schema (anyOf)");
    if (best != null) {
      errors.addAll(best.errors);
    }
  }

  private void oneOf(JsonNode value, List<SchemaNode> schemas, String path) {
    if (schemas.isEmpty()) {
      return;
    }
    SchemaValidation best = null;
    int valid = 0;
    for (SchemaNode schema : schemas) {
      SchemaValidation tried = run(value, null, schema, path);
      if (tried.errors.isEmpty()) {
        valid++;
      } else {
        best = best == null || tried.passed > best.passed ? tried : best;
      }
    }
    if (valid == 1) {
      return;
    }
    String found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
    broken(path, "must validate one and only one schema (oneOf). " + found);
    if (valid == 0 && best != null) {
      errors.addAll(best.errors);
    }
  }

  private void allOf(JsonNode value, List<SchemaNode> schemas, String path) {
    int valid = 0;
    var failures = new ArrayList<FieldError>();
    for (SchemaNode schema : schemas) {
      SchemaValidation tried = run(value, null, schema, path);
      failures.addAll(tried.errors);
      valid += tried.errors.isEmpty() ? 1 : 0;
    }
    if (valid < schemas.size()) {
      errors.addAll(failures);
      broken(
          path, "must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
    }
  }

  private void broken(String path, String what) {
    errors.add(FieldError.invalid(NOWHERE, "", "\"" + path + "\" " + what));
  }
}
