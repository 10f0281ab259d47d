package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Definitions as messages of the real server show them: in its inner form, in which what all
/// versions say stands at none of them.
final class DefinitionForm {
  /// All keywords in the order of the inner form, with what stands for their absence.
  private static final Map<String, String> KEYWORDS = new LinkedHashMap<>();

  static {
    for (String keyword :
        """
        ID:"" Schema:"" Ref Description:"" Type:"" Nullable:false Format:"" Title:"" Default \
        Maximum ExclusiveMaximum:false Minimum ExclusiveMinimum:false MaxLength MinLength \
        Pattern:"" MaxItems MinItems UniqueItems:false MultipleOf Enum MaxProperties \
        MinProperties Required Items AllOf OneOf AnyOf Not Properties AdditionalProperties \
        PatternProperties Dependencies AdditionalItems Definitions ExternalDocs Example \
        XPreserveUnknownFields XEmbeddedResource:false XIntOrString:false XListMapKeys \
        XListType XMapType XValidations\
        """
            .split(" ", -1)) {
      int colon = keyword.indexOf(':');
      KEYWORDS.put(
          colon < 0 ? keyword : keyword.substring(0, colon),
          colon < 0 ? "null" : keyword.substring(colon + 1));
    }
  }

  private DefinitionForm() {}

  static InnerForm versions(Field versions) {
    if (!versions.isPresent()) {
      return new InnerForm("null");
    }
    JsonNode all = versions.value();
    var joined = new StringJoiner(",", "[", "]");
    all.forEach(version -> joined.add(version(version, all)));
    return new InnerForm(joined.toString());
  }

  private static String version(JsonNode version, JsonNode all) {
    return "{\"Name\":"
        + text(version.path("name"))
        + ",\"Served\":"
        + Trees.isTrue(version, "served")
        + ",\"Storage\":"
        + Trees.isTrue(version, "storage")
        + ",\"Deprecated\":"
        + Trees.isTrue(version, "deprecated")
        + ",\"DeprecationWarning\":"
        + orNull(version.path("deprecationWarning"))
        + ",\"Schema\":"
        + own(version, all, "schema")
        + ",\"Subresources\":"
        + own(version, all, "subresources")
        + ",\"AdditionalPrinterColumns\":"
        + own(version, all, "additionalPrinterColumns")
        + ",\"SelectableFields\":"
        + own(version, all, "selectableFields")
        + "}";
  }

  /// What a version alone says of something.
  private static String own(JsonNode version, JsonNode all, String field) {
    JsonNode value = version.path(field);
    if (value.isMissingNode() || all.valueStream().allMatch(v -> v.path(field).equals(value))) {
      return "null";
    }
    return switch (field) {
      case "schema" -> "{\"OpenAPIV3Schema\":" + shown(value.path("openAPIV3Schema")) + "}";
      case "subresources" -> subresources(value);
      case "additionalPrinterColumns" ->
          list(
              value,
              "name:\"\"",
              "type:\"\"",
              "format:\"\"",
              "description:\"\"",
              "priority:0",
              "jsonPath:\"\"");
      default -> list(value, "jsonPath:\"\"");
    };
  }

  private static String subresources(JsonNode value) {
    JsonNode scale = value.path("scale");
    return "{\"Status\":"
        + (Trees.has(value, "status") ? "{}" : "null")
        + ",\"Scale\":"
        + (scale.isObject()
            ? object(
                scale, "specReplicasPath:\"\"", "statusReplicasPath:\"\"", "labelSelectorPath:null")
            : "null")
        + "}";
  }

  private static String list(JsonNode values, String... fields) {
    var joined = new StringJoiner(",", "[", "]");
    values.forEach(value -> joined.add(object(value, fields)));
    return joined.toString();
  }

  private static String object(JsonNode value, String... fields) {
    var joined = new StringJoiner(",", "{", "}");
    for (String field : fields) {
      int colon = field.indexOf(':');
      String name = field.substring(0, colon);
      JsonNode given = value.path(name);
      String shown = given.isMissingNode() ? field.substring(colon + 1) : given.toString();
      joined.add('"' + capital(name) + "\":" + shown);
    }
    return joined.toString();
  }

  private static String capital(String name) {
    return name.equals("jsonPath")
        ? "JSONPath"
        : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  static InnerForm schema(JsonNode schema) {
    return new InnerForm(shown(schema));
  }

  private static String shown(JsonNode schema) {
    if (!schema.isObject()) {
      return "null";
    }
    var joined = new StringJoiner(",", "{", "}");
    KEYWORDS.forEach(
        (keyword, absent) -> {
          JsonNode value = schema.path(outer(keyword));
          boolean isThere = !value.isMissingNode() && !value.isNull();
          joined.add('"' + keyword + "\":" + (isThere ? keyword(keyword, value) : absent));
        });
    return joined.toString();
  }

  private static String keyword(String keyword, JsonNode value) {
    return switch (keyword) {
      case "Items" ->
          "{\"Schema\":"
              + shown(value)
              + ",\"JSONSchemas\":"
              + (value.isArray() ? schemas(value) : "null")
              + "}";
      case "AllOf", "OneOf", "AnyOf" -> schemas(value);
      case "Not" -> shown(value);
      case "Properties", "PatternProperties", "Definitions" -> map(value);
      case "AdditionalProperties", "AdditionalItems" ->
          "{\"Allows\":"
              + (value.isObject() || value.booleanValue(false))
              + ",\"Schema\":"
              + shown(value)
              + "}";
      case "ExternalDocs" ->
          "{\"Description\":"
              + text(value.path("description"))
              + ",\"URL\":"
              + text(value.path("url"))
              + "}";
      case "XValidations" -> rules(value);
      default -> value.toString();
    };
  }

  private static String schemas(JsonNode values) {
    var joined = new StringJoiner(",", "[", "]");
    values.forEach(value -> joined.add(shown(value)));
    return joined.toString();
  }

  private static String map(JsonNode values) {
    var sorted = new TreeMap<String, JsonNode>();
    values.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    var joined = new StringJoiner(",", "{", "}");
    sorted.forEach(
        (name, value) -> joined.add(Trees.object().stringNode(name) + ":" + shown(value)));
    return joined.toString();
  }

  private static String rules(JsonNode values) {
    var joined = new StringJoiner(",", "[", "]");
    values.forEach(value -> joined.add(rule(value)));
    return joined.toString();
  }

  /// One of `x-kubernetes-validations`.
  static String rule(JsonNode rule) {
    return object(
        rule,
        "rule:\"\"",
        "message:\"\"",
        "messageExpression:\"\"",
        "reason:null",
        "fieldPath:\"\"",
        "optionalOldSelf:null");
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.toString() : "\"\"";
  }

  private static String orNull(JsonNode value) {
    return value.isMissingNode() ? "null" : value.toString();
  }

  /// `XListType` is `x-kubernetes-list-type` outside, `Ref` is `$ref`.
  private static String outer(String keyword) {
    return switch (keyword) {
      case "ID" -> "id";
      case "Schema", "Ref" -> "$" + keyword.toLowerCase(Locale.ROOT);
      case "XValidations" -> "x-kubernetes-validations";
      default -> keyword.startsWith("X") ? extension(keyword) : uncapital(keyword);
    };
  }

  private static String uncapital(String keyword) {
    return Character.toLowerCase(keyword.charAt(0)) + keyword.substring(1);
  }

  private static String extension(String keyword) {
    var name = new StringBuilder("x-kubernetes");
    for (char c : keyword.substring(1).toCharArray()) {
      name.append(Character.isUpperCase(c) ? "-" : "").append(Character.toLowerCase(c));
    }
    return name.toString();
  }
}
