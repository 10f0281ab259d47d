package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.schema.SchemaNode;
import dev.drydock.apiserver.schema.StructuralRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What each version of a definition must be like. Where all versions say the same, errors name
/// the one place that old definitions had for it.
final class VersionRules {
  private static final int MOST_SELECTABLE = 8;
  private static final int LONGEST_WARNING = 256;
  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

  private final List<ObjectNode> versions;
  private final @Nullable ObjectNode before;
  private final Violations found;

  private VersionRules(ObjectNode object, @Nullable ObjectNode before, Violations found) {
    this.versions = Trees.objects(object, "spec", "versions");
    this.before = before;
    this.found = found;
  }

  static void check(ObjectNode object, @Nullable ObjectNode before, Violations found) {
    var rules = new VersionRules(object, before, found);
    for (int i = 0; i < rules.versions.size(); i++) {
      Field version = Field.root(object).child("spec", "versions").items().get(i);
      rules.version(i, version);
    }
  }

  private void version(int index, Field version) {
    deprecation(version);
    ObjectNode of = versions.get(index);
    schema(index, of);
    if (index == 0 || !isShared("additionalPrinterColumns")) {
      String place =
          isShared("additionalPrinterColumns")
              ? "spec.additionalPrinterColumns"
              : "spec.versions[" + index + "].additionalPrinterColumns";
      List<ObjectNode> columns = Trees.objects(of, "additionalPrinterColumns");
      for (int i = 0; i < columns.size(); i++) {
        column(columns.get(i), place + "[" + i + "]");
      }
    }
    if (index == 0 || !isShared("subresources")) {
      scale(
          Trees.at(of, "subresources", "scale"),
          isShared("subresources")
              ? "spec.subresources.scale"
              : "spec.versions[" + index + "].subresources.scale");
    }
    selectable(of, version);
  }

  private boolean isShared(String field) {
    JsonNode first = versions.getFirst().path(field);
    return versions.stream().allMatch(version -> version.path(field).equals(first));
  }

  private void deprecation(Field version) {
    Field warning = version.child("deprecationWarning");
    if (!warning.isPresent()) {
      return;
    }
    if (!version.child("deprecated").isTrue()) {
      found.invalid(warning, "can only be set for deprecated versions");
    }
    if (warning.text().isEmpty()) {
      found.invalid(warning, "must not be an empty string");
    } else if (warning.text().length() > LONGEST_WARNING) {
      found.invalid(warning, "must be <= 256 characters long");
    }
  }

  private void schema(int index, ObjectNode version) {
    String own = "spec.versions[" + index + "].schema.openAPIV3Schema";
    if (!(Trees.at(version, "schema", "openAPIV3Schema") instanceof ObjectNode schema)) {
      found.add(FieldError.required(own, "schemas are required"));
      return;
    }
    boolean shared = isShared("schema");
    if (shared && index > 0) {
      return;
    }
    String place = shared ? "spec.validation.openAPIV3Schema" : own;
    List<FieldError> errors = StructuralRules.check(schema, place);
    errors.forEach(found::add);
    if (errors.isEmpty()) {
      boolean known = before != null && knows(Trees.text(version, "name"), schema);
      if (!known) {
        RuleChecks.check(schema, place).forEach(found::add);
      }
    }
  }

  /// Whether the stored definition had the same schema: then it was checked.
  private boolean knows(String version, ObjectNode schema) {
    return before != null
        && Trees.objects(before, "spec", "versions").stream()
            .anyMatch(
                old ->
                    Trees.text(old, "name").equals(version)
                        && Trees.at(old, "schema", "openAPIV3Schema").equals(schema));
  }

  private void column(ObjectNode column, String place) {
    for (String name : List.of("name", "type", "jsonPath")) {
      if (Trees.text(column, name).isEmpty()) {
        found.add(FieldError.required(place + "." + name, ""));
      }
    }
    oneOf(column, "type", COLUMN_TYPES, place);
    oneOf(column, "format", COLUMN_FORMATS, place);
    path(Trees.text(column, "jsonPath"), place + ".jsonPath");
  }

  private void oneOf(ObjectNode column, String field, List<String> supported, String place) {
    String text = Trees.text(column, field);
    if (!text.isEmpty() && !supported.contains(text)) {
      found.add(FieldError.notSupported(place + "." + field, text, supported));
    }
  }

  private void path(String path, String place) {
    if (!path.isEmpty() && !path.startsWith(".") && !path.startsWith("[")) {
      found.add(FieldError.invalid(place, path, "must be a simple json path starting with ."));
    }
  }

  private void scale(JsonNode scale, String place) {
    if (!scale.isObject()) {
      return;
    }
    under(scale, "specReplicasPath", ".spec", place);
    under(scale, "statusReplicasPath", ".status", place);
    String selector = Trees.text(scale, "labelSelectorPath");
    if (!selector.isEmpty() && !selector.startsWith(".spec.") && !selector.startsWith(".status.")) {
      found.add(
          FieldError.invalid(
              place + ".labelSelectorPath",
              selector,
              "should be a json path under either .spec or .status"));
    }
  }

  private void under(JsonNode scale, String field, String root, String place) {
    String path = Trees.text(scale, field);
    if (path.isEmpty()) {
      found.add(FieldError.required(place + "." + field, ""));
    } else if (!path.startsWith(root + ".")) {
      found.add(
          FieldError.invalid(place + "." + field, path, "should be a json path under " + root));
    }
  }

  private void selectable(ObjectNode version, Field at) {
    List<Field> fields = at.child("selectableFields").items();
    if (fields.size() > MOST_SELECTABLE) {
      found.add(
          new FieldError(
              FieldError.Type.TOO_MANY,
              at.child("selectableFields").path(),
              "Too many: " + fields.size() + ": must have at most " + MOST_SELECTABLE + " items"));
    }
    JsonNode schema = Trees.at(version, "schema", "openAPIV3Schema");
    for (Field field : fields) {
      Field path = field.child("jsonPath");
      if (found.present(path, "") && schema instanceof ObjectNode given) {
        selectable(path, SchemaNode.parse(given));
      }
    }
  }

  private void selectable(Field path, @Nullable SchemaNode root) {
    SchemaNode at = root;
    if (!path.text().startsWith(".")) {
      found.invalid(path, "must be a simple json path starting with .");
      return;
    }
    for (String step : path.text().substring(1).split("\\.", -1)) {
      at = at == null ? null : at.properties().get(step);
    }
    if (at == null) {
      found.invalid(path, "is an invalid path: does not refer to a field in the schema");
    } else if (!List.of("string", "boolean", "integer").contains(at.type())) {
      found.invalid(
          path, "must point to a field of type string, boolean or integer, is " + at.type());
    } else if (path.text().startsWith(".metadata.")) {
      found.invalid(path, "must not point to fields in metadata");
    }
  }
}
