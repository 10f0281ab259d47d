package dev.drydock.api.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The definitions that no model class stands for: scalars with a form of their own, and free-form
/// values.
final class LeafDefinitions {
  private static final String MACHINERY = "io.k8s.apimachinery.pkg.";
  private static final String META = MACHINERY + "apis.meta.v1.";
  private static final String EXTENSIONS =
      "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";

  /// A definition without parts.
  record Leaf(String name, Type type, Facts facts, String description) implements Schema {
    @Override
    public Optional<String> definition() {
      return Optional.of(name);
    }

    @Override
    public Map<String, Schema> properties() {
      return Map.of();
    }

    @Override
    public Set<String> required() {
      return Set.of();
    }

    @Override
    public Optional<Schema> items() {
      return Optional.empty();
    }
  }

  private LeafDefinitions() {}

  static List<Leaf> all() {
    return List.of(
        formatted(META + "Time", "date-time", "A point in time, to the second."),
        formatted(META + "MicroTime", "micro-time", "A point in time, to the microsecond."),
        leaf(META + "FieldsV1", Schema.Type.ANY, "A set of fields, as a trie in JSON."),
        leaf(META + "Patch", Schema.Type.ANY, "The document of a patch."),
        leaf(MACHINERY + "runtime.RawExtension", Schema.Type.ANY, "An object of any kind."),
        leaf(
            MACHINERY + "util.intstr.IntOrString",
            Schema.Type.INT_OR_STRING,
            "An integer or a string."),
        leaf(
            MACHINERY + "api.resource.Quantity",
            Schema.Type.QUANTITY,
            "An amount of a resource: a decimal number with an optional suffix."),
        leaf(EXTENSIONS + "JSON", Schema.Type.ANY, "Any valid JSON value."),
        leaf(
            EXTENSIONS + "JSONSchemaPropsOrArray",
            Schema.Type.ANY,
            "A schema, or a list of schemas."),
        leaf(EXTENSIONS + "JSONSchemaPropsOrBool", Schema.Type.ANY, "A schema, or true or false."),
        leaf(
            EXTENSIONS + "JSONSchemaPropsOrStringArray",
            Schema.Type.ANY,
            "A schema, or a list of strings."));
  }

  private static Leaf leaf(String name, Schema.Type type, String description) {
    return new Leaf(name, type, Schema.Facts.NONE, description);
  }

  private static Leaf formatted(String name, String format, String description) {
    Schema.Facts none = Schema.Facts.NONE;
    return new Leaf(
        name,
        Schema.Type.STRING,
        new Schema.Facts(
            format,
            none.listType(),
            List.of(),
            none.mapType(),
            Set.of(),
            "",
            Optional.empty(),
            List.of()),
        description);
  }
}
