package dev.drydock.apiserver.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One place of a JSON schema as CustomResourceDefinitions have it: what it is, what its parts are
/// and what else is asked of it. Immutable.
public final class SchemaNode {
  private final ObjectNode source;
  private final List<String> types;
  private final Map<String, SchemaNode> properties;
  private final @Nullable SchemaNode additional;
  private final @Nullable SchemaNode items;
  private final List<String> required;
  private final Constraints constraints;
  private final Junctors junctors;

  /// How a schema is made of others.
  ///
  /// @param not null: nothing is forbidden
  public record Junctors(
      List<SchemaNode> allOf,
      List<SchemaNode> anyOf,
      List<SchemaNode> oneOf,
      @Nullable SchemaNode not) {
    static final Junctors NONE = new Junctors(List.of(), List.of(), List.of(), null);

    public Junctors {
      allOf = List.copyOf(allOf);
      anyOf = List.copyOf(anyOf);
      oneOf = List.copyOf(oneOf);
    }

    boolean isEmpty() {
      return allOf.isEmpty() && anyOf.isEmpty() && oneOf.isEmpty() && not == null;
    }
  }

  private SchemaNode(ObjectNode source) {
    this.source = source;
    this.types = types(source);
    this.properties = properties(source.path("properties"));
    this.additional = node(source.path("additionalProperties"));
    this.items = node(source.path("items"));
    this.required = texts(source.path("required"));
    this.constraints = Constraints.of(source);
    Junctors joined =
        new Junctors(
            nodes(source.path("allOf")),
            nodes(source.path("anyOf")),
            nodes(source.path("oneOf")),
            node(source.path("not")));
    this.junctors = joined.isEmpty() ? Junctors.NONE : joined;
  }

  /// @param schema an OpenAPI v3 schema; never changed afterwards
  public static SchemaNode parse(ObjectNode schema) {
    return new SchemaNode(schema);
  }

  private static List<String> types(ObjectNode source) {
    if (source.path("x-kubernetes-int-or-string").booleanValue(false)) {
      return List.of("integer", "string");
    }
    String type = source.path("type").stringValue("");
    return type.isEmpty() ? List.of() : List.of(type);
  }

  private static Map<String, SchemaNode> properties(JsonNode given) {
    if (given.isEmpty()) {
      return Map.of();
    }
    var properties = new LinkedHashMap<String, SchemaNode>();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      SchemaNode node = node(entry.getValue());
      if (node != null) {
        properties.put(entry.getKey(), node);
      }
    }
    return Collections.unmodifiableMap(properties);
  }

  private static @Nullable SchemaNode node(JsonNode given) {
    return given instanceof ObjectNode object ? new SchemaNode(object) : null;
  }

  private static List<SchemaNode> nodes(JsonNode given) {
    var nodes = new ArrayList<SchemaNode>();
    for (JsonNode each : given) {
      SchemaNode node = node(each);
      if (node != null) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  static List<String> texts(JsonNode given) {
    if (given.isEmpty()) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    given.forEach(each -> texts.add(each.stringValue("")));
    return List.copyOf(texts);
  }

  /// The schema's own JSON; not to be changed.
  public ObjectNode source() {
    return source;
  }

  /// What types a value may have; none: any. Two for int-or-string.
  public List<String> types() {
    return types;
  }

  /// The one type; empty where there is none or two.
  public String type() {
    return types.size() == 1 ? types.getFirst() : "";
  }

  public Map<String, SchemaNode> properties() {
    return properties;
  }

  /// Schema of the values of a map; null where there is none.
  public @Nullable SchemaNode additional() {
    return additional;
  }

  /// Whether properties that are not named may be there.
  public boolean allowsAdditional() {
    JsonNode given = source.path("additionalProperties");
    return given.isObject() || given.booleanValue(false);
  }

  /// Schema of a named property, or of the values of a map; null where nothing is known.
  public @Nullable SchemaNode property(String name) {
    SchemaNode named = properties.get(name);
    return named == null ? additional : named;
  }

  public @Nullable SchemaNode items() {
    return items;
  }

  public List<String> required() {
    return required;
  }

  Constraints constraints() {
    return constraints;
  }

  public Junctors junctors() {
    return junctors;
  }

  public boolean isNullable() {
    return flag("nullable");
  }

  public boolean isIntOrString() {
    return types.size() == 2;
  }

  public boolean preservesUnknown() {
    return flag("x-kubernetes-preserve-unknown-fields");
  }

  public boolean isEmbedded() {
    return flag("x-kubernetes-embedded-resource");
  }

  /// `atomic`, `set`, `map`, or empty.
  public String listType() {
    return source.path("x-kubernetes-list-type").stringValue("");
  }

  public List<String> mapKeys() {
    return texts(source.path("x-kubernetes-list-map-keys"));
  }

  /// `granular`, `atomic`, or empty.
  public String mapType() {
    return source.path("x-kubernetes-map-type").stringValue("");
  }

  public @Nullable JsonNode defaultValue() {
    return source.get("default");
  }

  public String format() {
    return source.path("format").stringValue("");
  }

  /// `x-kubernetes-validations`.
  public JsonNode rules() {
    return source.path("x-kubernetes-validations");
  }

  private boolean flag(String name) {
    return source.path(name).booleanValue(false);
  }
}
