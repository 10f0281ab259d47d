package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.GoText;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.schema.SchemaNode;
import dev.drydock.apiserver.schema.SchemaRules;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What each version of a definition must be like. Where all versions say the same, errors name
/// the one place that old definitions had for it.
final class VersionRules {
  private static final int MOST_SELECTABLE = 8;
  private static final int LONGEST_WARNING = 256;
  /// What the root of a schema may not say when its status is written alone.
  private static final List<String> ROOT_FORBIDS =
      List.of(
          "additionalProperties",
          "allOf",
          "anyOf",
          "default",
          "enum",
          "maxProperties",
          "minProperties",
          "not",
          "nullable",
          "oneOf",
          "x-kubernetes-embedded-resource",
          "x-kubernetes-int-or-string",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-list-type",
          "x-kubernetes-map-type");

  private static final String ROOT_ALLOWS =
      "Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength"
          + " MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties"
          + " ExternalDocs Example XPreserveUnknownFields XValidations";

  private static final List<String> COLUMN_TYPES =
      List.of("boolean", "date", "integer", "number", "string");
  private static final List<String> COLUMN_FORMATS =
      List.of("byte", "date", "date-time", "double", "float", "int32", "int64", "password");

  private final List<ObjectNode> versions;
  private final @Nullable ObjectNode before;
  private final Violations found;
  private final List<Field> places;

  VersionRules(ObjectNode object, @Nullable ObjectNode before, Violations found) {
    this.versions = Trees.objects(object, "spec", "versions");
    this.before = before;
    this.found = found;
    this.places = Field.root(object).child("spec", "versions").items();
  }

  /// What the versions say each for itself.
  void each() {
    for (int i = 0; i < versions.size(); i++) {
      if (!Trees.at(versions.get(i), "schema", "openAPIV3Schema").isObject()) {
        found.add(FieldError.required("spec.versions[" + i + "].schema.openAPIV3Schema", ""));
      }
    }
    for (int i = 0; i < versions.size(); i++) {
      ObjectNode version = versions.get(i);
      String place = "spec.versions[" + i + "]";
      Field name = places.get(i).child("name");
      List<String> problems = Names.label1035(name.text());
      if (!problems.isEmpty()) {
        found.invalid(name, String.join(",", problems));
      }
      deprecation(places.get(i));
      if (!isShared("schema")) {
        boolean checksStatus = Trees.has(version, "subresources", "status");
        schema(List.of(version), place + ".schema", checksStatus);
      }
      if (!isShared("subresources")) {
        scale(Trees.at(version, "subresources", "scale"), place + ".subresources.scale");
      }
      if (!isShared("additionalPrinterColumns")) {
        columns(version, place + ".additionalPrinterColumns");
      }
      if (!isShared("selectableFields")) {
        selectable(version, place + ".selectableFields", !isShared("schema"));
      }
    }
  }

  /// What all versions say in the same way: errors name the one place that old definitions had
  /// for it.
  void common() {
    if (versions.isEmpty()) {
      return;
    }
    ObjectNode first = versions.getFirst();
    if (isShared("schema")) {
      boolean checksStatus =
          versions.stream().anyMatch(version -> Trees.has(version, "subresources", "status"));
      schema(versions, "spec.validation", checksStatus);
    }
    if (isShared("subresources")) {
      scale(Trees.at(first, "subresources", "scale"), "spec.subresources.scale");
    }
    if (isShared("additionalPrinterColumns")) {
      columns(first, "spec.additionalPrinterColumns");
    }
    if (isShared("selectableFields")) {
      selectable(first, "spec.selectableFields", isShared("schema"));
    }
  }

  private void columns(ObjectNode version, String place) {
    List<ObjectNode> columns = Trees.objects(version, "additionalPrinterColumns");
    for (int i = 0; i < columns.size(); i++) {
      column(columns.get(i), place + "[" + i + "]");
    }
  }

  private boolean isShared(String field) {
    JsonNode first = said(versions.getFirst(), field);
    return versions.stream().allMatch(version -> said(version, field).equals(first));
  }

  /// What is said of something; an empty list says nothing.
  private static JsonNode said(ObjectNode version, String field) {
    JsonNode value = version.path(field);
    return value.isNull() || (value.isArray() && value.isEmpty()) ? version.missingNode() : value;
  }

  private void deprecation(Field version) {
    Field warning = version.child("deprecationWarning");
    if (!warning.isPresent()) {
      return;
    }
    // Behind a pointer, Go shows a text as JSON.
    InnerForm shown = InnerForm.plain(warning);
    if (!version.child("deprecated").isTrue()) {
      found.invalid(warning, shown, "can only be set for deprecated versions");
      return;
    }
    String text = warning.text();
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_WARNING) {
      found.invalid(warning, shown, "must be <= 256 characters long");
    }
    if (text.isEmpty()) {
      found.invalid(warning, shown, "must not be an empty string");
    }
    GoText.unprintable(text).stream()
        .findFirst()
        .ifPresent(
            first ->
                found.invalid(
                    warning,
                    shown,
                    "must only contain printable UTF-8 characters; non-printable character found at"
                        + " index "
                        + first.position()));
  }

  /// @param of the versions with this schema
  /// @param checksStatus whether a status is checked alone
  private void schema(List<ObjectNode> of, String place, boolean checksStatus) {
    if (!(Trees.at(of.getFirst(), "schema", "openAPIV3Schema") instanceof ObjectNode schema)) {
      return;
    }
    String at = place + ".openAPIV3Schema";
    int before = found.count();
    if (checksStatus) {
      root(schema, place);
    }
    if (Trees.isTrue(schema, "nullable")) {
      found.add(FieldError.forbidden(at + ".nullable", "nullable cannot be true at the root"));
    }
    SchemaRules rules = SchemaRules.check(schema, at, RuleChecks::ofDefaults);
    rules.structure().forEach(found::add);
    rules.keywords().forEach(found::add);
    boolean known = of.stream().allMatch(version -> knows(Trees.text(version, "name"), schema));
    if (rules.isStructural() && !known) {
      RuleChecks.check(schema, at, rules.keywords()).forEach(found::add);
    }
    if (found.count() == before && !rules.unreadable().isEmpty()) {
      found.add(FieldError.invalid(at, "", rules.unreadable()));
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

  /// A status that is checked alone must lose nothing of what its object's schema says.
  private void root(ObjectNode schema, String place) {
    String type = Trees.text(schema, "type");
    if (!type.isEmpty() && !type.equals("object")) {
      found.add(
          FieldError.invalid(
              place + ".openAPIV3Schema.type",
              type,
              "only \"object\" is allowed as the type at the root of the schema if the status"
                  + " subresource is enabled"));
      return;
    }
    for (String keyword : ROOT_FORBIDS) {
      JsonNode given = schema.path(keyword);
      boolean absent =
          given.isMissingNode()
              || (given.isContainer() && given.isEmpty())
              || (given.isBoolean() && !given.booleanValue());
      if (!absent) {
        found.add(
            FieldError.invalid(
                place + ".openAPIV3Schema",
                DefinitionForm.schema(schema),
                "only ["
                    + ROOT_ALLOWS
                    + "] fields are allowed at the root of the schema if the status subresource is"
                    + " enabled"));
        return;
      }
    }
  }

  private void column(ObjectNode column, String place) {
    if (Trees.text(column, "name").isEmpty()) {
      found.add(FieldError.required(place + ".name", ""));
    }
    String types = "must be one of " + String.join(",", COLUMN_TYPES);
    String type = Trees.text(column, "type");
    if (type.isEmpty()) {
      found.add(FieldError.required(place + ".type", types));
    } else if (!COLUMN_TYPES.contains(type)) {
      found.add(FieldError.invalid(place + ".type", type, types));
    }
    String format = Trees.text(column, "format");
    if (!format.isEmpty() && !COLUMN_FORMATS.contains(format)) {
      found.add(
          FieldError.invalid(
              place + ".format", format, "must be one of " + String.join(",", COLUMN_FORMATS)));
    }
    String path = Trees.text(column, "jsonPath");
    if (path.isEmpty()) {
      found.add(FieldError.required(place + ".JSONPath", ""));
    } else {
      simple(path, place + ".JSONPath");
    }
  }

  /// @return whether the path is one of dots and names
  private boolean simple(String path, String place) {
    boolean simple = path.startsWith(".");
    if (!simple) {
      found.add(FieldError.invalid(place, path, "must be a simple json path starting with ."));
    }
    return simple;
  }

  private void scale(JsonNode scale, String place) {
    if (!scale.isObject()) {
      return;
    }
    under(scale, "specReplicasPath", ".spec", place);
    under(scale, "statusReplicasPath", ".status", place);
    String selector = Trees.text(scale, "labelSelectorPath");
    String at = place + ".labelSelectorPath";
    if (!selector.isEmpty()
        && simple(selector, at)
        && !selector.startsWith(".spec.")
        && !selector.startsWith(".status.")) {
      found.add(
          FieldError.invalid(at, selector, "should be a json path under either .spec or .status"));
    }
  }

  private void under(JsonNode scale, String field, String root, String place) {
    String path = Trees.text(scale, field);
    String at = place + "." + field;
    if (path.isEmpty()) {
      found.add(FieldError.required(at, ""));
    } else if (simple(path, at) && !path.startsWith(root + ".")) {
      found.add(FieldError.invalid(at, path, "should be a json path under " + root));
    }
  }

  /// @param hasSchema whether there is a schema at the same level
  private void selectable(ObjectNode version, String place, boolean hasSchema) {
    List<ObjectNode> fields = Trees.objects(version, "selectableFields");
    if (!fields.isEmpty() && !hasSchema) {
      found.add(
          FieldError.invalid(
              place,
              "",
              isShared("selectableFields")
                  ? "may only be set when validations.schema is included"
                  : "may only be set when `version.schema.openAPIV3Schema` is not included"));
      return;
    }
    JsonNode schema = Trees.at(version, "schema", "openAPIV3Schema");
    var paths = new HashSet<String>();
    for (int i = 0; i < fields.size(); i++) {
      String at = place + "[" + i + "].jsonPath";
      String path = Trees.text(fields.get(i), "jsonPath");
      if (path.isEmpty()) {
        found.add(FieldError.required(at, ""));
      } else if (schema instanceof ObjectNode given
          && selectable(path, SchemaNode.parse(given), at)
          && !paths.add(path)) {
        found.add(FieldError.duplicate(at, path));
      }
    }
    if (paths.size() > MOST_SELECTABLE) {
      found.add(
          new FieldError(
              FieldError.Type.TOO_MANY,
              place,
              "Too many: " + paths.size() + ": must have at most " + MOST_SELECTABLE + " items"));
    }
  }

  /// @return whether the path leads somewhere
  private boolean selectable(String path, SchemaNode root, String place) {
    SchemaPaths.Found end = SchemaPaths.find(root, path, SchemaPaths.Notation.DOTS);
    if (!end.problem().isEmpty()) {
      found.add(FieldError.invalid(place, path, "is an invalid path: " + end.problem()));
      return false;
    }
    if (end.first().equals("metadata")) {
      found.add(FieldError.invalid(place, path, "must not point to fields in metadata"));
    }
    if (end.at() == null || !List.of("string", "boolean", "integer").contains(end.at().type())) {
      found.add(
          FieldError.invalid(
              place,
              path,
              "must point to a field of type string, boolean or integer. Enum string fields and"
                  + " strings with formats are allowed."));
    }
    return true;
  }
}
