package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a schema may say of how lists and maps are merged.
final class ListRules {
  private static final String LIST = "x-kubernetes-list-type";
  private static final String KEYS = "x-kubernetes-list-map-keys";
  private static final String MAP = "x-kubernetes-map-type";

  private final ObjectNode schema;
  private final String place;
  private final List<FieldError> errors = new ArrayList<>();

  private ListRules(ObjectNode schema, String place) {
    this.schema = schema;
    this.place = place;
  }

  static List<FieldError> check(ObjectNode schema, String place) {
    var rules = new ListRules(schema, place);
    rules.maps();
    rules.lists();
    return rules.errors;
  }

  private void maps() {
    String kind = schema.path(MAP).stringValue("");
    if (kind.isEmpty()) {
      return;
    }
    mustBe("object", MAP);
    if (!List.of("atomic", "granular").contains(kind)) {
      errors.add(FieldError.notSupported(place + "." + MAP, kind, List.of("atomic", "granular")));
    }
  }

  private void mustBe(String type, String because) {
    String given = schema.path("type").stringValue("");
    String message = "must be " + type + " if " + because + " is specified";
    if (given.isEmpty()) {
      errors.add(FieldError.required(place + ".type", message));
    } else if (!given.equals(type)) {
      errors.add(FieldError.invalid(place + ".type", given, message));
    }
  }

  private void lists() {
    String kind = schema.path(LIST).stringValue("");
    List<String> keys = SchemaNode.texts(schema.path(KEYS));
    if (!kind.isEmpty()) {
      mustBe("array", LIST);
      if (!List.of("atomic", "set", "map").contains(kind)) {
        errors.add(
            FieldError.notSupported(place + "." + LIST, kind, List.of("atomic", "set", "map")));
      }
    }
    if (!keys.isEmpty() && !kind.equals("map")) {
      String message = "must be map if " + KEYS + " is non-empty";
      errors.add(
          kind.isEmpty()
              ? FieldError.required(place + "." + LIST, message)
              : FieldError.invalid(place + "." + LIST, kind, message));
    }
    if (kind.equals("map")) {
      keyed(keys);
    } else if (kind.equals("set")) {
      set(schema.path("items"), place + ".items");
    }
  }

  private void set(JsonNode items, String at) {
    String type = items.path("type").stringValue("");
    String message = "as item of a list with " + LIST + "=set";
    if (items.path("nullable").booleanValue(false)) {
      errors.add(
          FieldError.forbidden(at + ".nullable", "cannot be nullable when " + LIST + " is set"));
    }
    if (type.equals("object") && !items.path(MAP).stringValue("").equals("atomic")) {
      errors.add(
          FieldError.invalid(
              at + "." + MAP,
              items.has(LIST) ? items.path(LIST).stringValue("") : Shown.NULL,
              "must be atomic " + message));
    }
    if (type.equals("array") && !List.of("", "atomic").contains(items.path(LIST).stringValue(""))) {
      errors.add(
          FieldError.invalid(
              at + "." + LIST, items.path(LIST).stringValue(""), "must be atomic " + message));
    }
  }

  private void keyed(List<String> keys) {
    JsonNode items = schema.path("items");
    if (keys.isEmpty()) {
      errors.add(
          FieldError.required(place + "." + KEYS, "must not be empty if " + LIST + " is map"));
    }
    if (!items.isObject()) {
      errors.add(
          FieldError.required(place + ".items", "must have a schema if " + LIST + " is map"));
      return;
    }
    String type = items.path("type").stringValue("");
    if (!type.equals("object")) {
      errors.add(
          FieldError.invalid(
              place + ".items.type", type, "must be object if parent array's " + LIST + " is map"));
    }
    var seen = new HashSet<String>();
    for (String key : keys) {
      if (type.equals("object")) {
        key(key, items);
      }
      if (!seen.add(key)) {
        wrongKeys("must not contain duplicate entries");
      }
    }
    if (items.path("nullable").booleanValue(false)) {
      errors.add(
          FieldError.forbidden(
              place + ".items.nullable", "cannot be nullable when " + LIST + " is map"));
    }
  }

  private void wrongKeys(String problem) {
    errors.add(FieldError.invalid(place + "." + KEYS, Shown.of(schema.path(KEYS)), problem));
  }

  private void key(String name, JsonNode items) {
    JsonNode property = items.path("properties").path(name);
    String where = place + ".items.properties[" + name + "]";
    if (property.isMissingNode()) {
      wrongKeys("entries must all be names of item properties");
      return;
    }
    String type = property.path("type").stringValue("");
    if (type.equals("object") || type.equals("array")) {
      errors.add(
          FieldError.invalid(
              where + ".type",
              "object",
              "must be a scalar type if parent array's " + LIST + " is map"));
    }
    boolean sure =
        property.has("default") || SchemaNode.texts(items.path("required")).contains(name);
    if (!sure) {
      errors.add(
          FieldError.required(
              where + ".default",
              "this property is in "
                  + KEYS
                  + ", so it must have a default or be a required property"));
    }
    if (property.path("nullable").booleanValue(false)) {
      errors.add(
          FieldError.forbidden(
              where + ".nullable", "this property is in " + KEYS + ", so it cannot be nullable"));
    }
  }
}
