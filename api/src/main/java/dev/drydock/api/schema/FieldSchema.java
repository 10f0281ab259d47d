package dev.drydock.api.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The schema at a position: a field of a definition, or the elements of one. What a reference
/// leads to is looked up each time, so definitions may lead back to themselves.
///
/// @param target the definition that is referred to, or the type that stands here itself
/// @param describe the description of the field
record FieldSchema(Supplier<Schema> target, Facts facts, Supplier<String> describe)
    implements Schema {

  /// A type that stands at its position without a name.
  private record Inline(Type type, Optional<Schema> items, Facts facts) implements Schema {
    @Override
    public Optional<String> definition() {
      return Optional.empty();
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
    public String description() {
      return "";
    }
  }

  static Schema parse(Schemas schemas, String definition, String field, JsonNode json) {
    Supplier<String> describe = () -> schemas.description(definition, field);
    JsonNode reference = json.path("r");
    if (reference.isString()) {
      String name = reference.stringValue();
      return new FieldSchema(
          () -> schemas.definition(name), withFormat(facts(json), name), describe);
    }
    Optional<Schema> items =
        json.has("e")
            ? Optional.of(parse(schemas, definition, field, json.get("e")))
            : Optional.empty();
    Facts facts = facts(json);
    var inline = new Inline(type(json.path("t").asString()), items, facts);
    return new FieldSchema(() -> inline, facts, describe);
  }

  private static Facts withFormat(Facts facts, String name) {
    String format =
        name.endsWith(".MicroTime") ? "micro-time" : name.endsWith(".Time") ? "date-time" : "";
    return format.isEmpty()
        ? facts
        : new Facts(
            format,
            facts.listType(),
            facts.listMapKeys(),
            facts.mapType(),
            facts.patchStrategies(),
            facts.patchMergeKey(),
            facts.defaultValue(),
            facts.enumValues());
  }

  static Facts facts(JsonNode json) {
    if (json.size() <= 1) {
      return Facts.NONE;
    }
    return new Facts(
        json.path("f").asString(""),
        ListType.valueOf(json.path("lt").asString("atomic").toUpperCase(Locale.ROOT)),
        texts(json.path("lk")),
        MapType.valueOf(json.path("mt").asString("granular").toUpperCase(Locale.ROOT)),
        new LinkedHashSet<>(texts(json.path("ps"))),
        json.path("pk").asString(""),
        Optional.ofNullable(json.get("d")),
        texts(json.path("v")));
  }

  private static List<String> texts(JsonNode array) {
    if (array.isEmpty()) {
      return List.of();
    }
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asString()));
    return List.copyOf(texts);
  }

  private static Type type(String letter) {
    return switch (letter) {
      case "o" -> Type.OBJECT;
      case "m" -> Type.MAP;
      case "a" -> Type.ARRAY;
      case "s" -> Type.STRING;
      case "i" -> Type.INTEGER;
      case "n" -> Type.NUMBER;
      case "b" -> Type.BOOLEAN;
      case "x" -> Type.ANY;
      default -> throw new IllegalArgumentException("type " + letter);
    };
  }

  @Override
  public Type type() {
    return target.get().type();
  }

  @Override
  public Optional<String> definition() {
    return target.get().definition();
  }

  @Override
  public Map<String, Schema> properties() {
    return target.get().properties();
  }

  @Override
  public Set<String> required() {
    return target.get().required();
  }

  @Override
  public Optional<Schema> items() {
    return target.get().items();
  }

  @Override
  public String description() {
    return describe.get();
  }
}
