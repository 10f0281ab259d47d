package dev.drydock.apiserver.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a schema asks of a value beyond its type and parts.
///
/// @param enumeration the allowed values; empty: all
/// @param pattern null: none
/// @param multipleOf missing: none
record Constraints(
    List<JsonNode> enumeration,
    @Nullable Pattern pattern,
    String format,
    Range<JsonNode> value,
    JsonNode multipleOf,
    Sizes sizes,
    Uniqueness uniqueness) {

  /// Bounds of a number; null: none.
  record Range<T>(@Nullable T least, @Nullable T most, Bounds bounds) {}

  /// Whether the bounds themselves are allowed.
  record Bounds(boolean leastExcluded, boolean mostExcluded) {
    static final Bounds INCLUDED = new Bounds(false, false);
  }

  /// How long texts, how long lists, how large maps.
  record Sizes(Range<Long> length, Range<Long> items, Range<Long> properties) {}

  /// Whether a list may have equal elements.
  enum Uniqueness {
    ASKED,
    NOT_ASKED
  }

  private static final List<String> KEYWORDS =
      List.of(
          "enum",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "uniqueItems");

  private static final Range<Long> ANY_SIZE = new Range<>(null, null, Bounds.INCLUDED);

  /// Nothing more is asked.
  static final Constraints NONE =
      new Constraints(
          List.of(),
          null,
          "",
          new Range<>(null, null, Bounds.INCLUDED),
          tools.jackson.databind.node.JsonNodeFactory.instance.missingNode(),
          new Sizes(ANY_SIZE, ANY_SIZE, ANY_SIZE),
          Uniqueness.NOT_ASKED);

  static Constraints of(ObjectNode source) {
    if (KEYWORDS.stream().noneMatch(source::has)) {
      return NONE;
    }
    var values = new ArrayList<JsonNode>();
    source.path("enum").forEach(values::add);
    return new Constraints(
        List.copyOf(values),
        pattern(source.path("pattern").stringValue("")),
        source.path("format").stringValue(""),
        new Range<>(
            number(source, "minimum"),
            number(source, "maximum"),
            new Bounds(
                source.path("exclusiveMinimum").booleanValue(false),
                source.path("exclusiveMaximum").booleanValue(false))),
        source.path("multipleOf"),
        new Sizes(
            size(source, "minLength", "maxLength"),
            size(source, "minItems", "maxItems"),
            size(source, "minProperties", "maxProperties")),
        source.path("uniqueItems").booleanValue(false) ? Uniqueness.ASKED : Uniqueness.NOT_ASKED);
  }

  private static @Nullable JsonNode number(ObjectNode source, String name) {
    JsonNode given = source.get(name);
    return given != null && given.isNumber() ? given : null;
  }

  private static Range<Long> size(ObjectNode source, String least, String most) {
    return new Range<>(whole(source.path(least)), whole(source.path(most)), Bounds.INCLUDED);
  }

  private static @Nullable Long whole(JsonNode given) {
    return given.isNumber() ? Long.valueOf(given.asLong(0)) : null;
  }

  /// A pattern that can't be read is refused with the definition; here it asks for nothing.
  private static @Nullable Pattern pattern(String given) {
    if (given.isEmpty()) {
      return null;
    }
    try {
      return Pattern.compile(given);
    } catch (PatternSyntaxException _) {
      return null;
    }
  }
}
