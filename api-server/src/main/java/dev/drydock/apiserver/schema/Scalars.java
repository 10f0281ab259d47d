package dev.drydock.apiserver.schema;

import com.google.re2j.Pattern;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.schema.Constraints.Range;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The keywords that look at one value: bounds, lengths, patterns, formats.
final class Scalars {
  private Scalars() {}

  static boolean isWhole(JsonNode number) {
    return number.isIntegralNumber() || number.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  /// Equal as JSON values: `1` is `1.0`.
  static boolean same(JsonNode one, JsonNode other) {
    return (one.isNumber() && other.isNumber())
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  static void text(String text, Constraints asked, String path, Consumer<FieldError> found) {
    String place = SchemaValidation.place(path);
    int length = text.codePointCount(0, text.length());
    Long most = asked.sizes().length().most();
    Long least = asked.sizes().length().least();
    Pattern pattern = asked.pattern();
    // Of these the first is enough.
    if (most != null && length > most) {
      found.accept(FieldError.tooLong(place, most.intValue()));
    } else if (least != null && length < least) {
      invalid(path, text, "should be at least " + least + " chars long", found);
    } else if (pattern != null && !pattern.matcher(text).find()) {
      invalid(path, text, "should match '" + asked.pattern() + "'", found);
    }
    if (!asked.format().isEmpty() && !Formats.fits(asked.format(), text)) {
      String message =
          SchemaValidation.in(path) + " must be of type " + asked.format() + ": \"" + text + '"';
      found.accept(
          new FieldError(
              FieldError.Type.TYPE_INVALID, place, "Invalid value: \"" + text + "\": " + message));
    }
  }

  static void number(JsonNode number, Constraints asked, String path, Consumer<FieldError> found) {
    BigDecimal value = number.decimalValue();
    Range<JsonNode> range = asked.value();
    Object shown = Shown.of(number);
    JsonNode multiple = asked.multipleOf();
    if (multiple.isNumber()
        && multiple.decimalValue().signum() > 0
        && value.remainder(multiple.decimalValue()).signum() != 0) {
      invalid(path, shown, "should be a multiple of " + plain(multiple), found);
    }
    compare(range.most(), value, 1, range.bounds().mostExcluded(), path, found);
    compare(range.least(), value, -1, range.bounds().leastExcluded(), path, found);
  }

  /// @param sign 1: the bound is the highest value, -1: the lowest
  private static void compare(
      @Nullable JsonNode bound,
      BigDecimal value,
      int sign,
      boolean excluded,
      String path,
      Consumer<FieldError> found) {
    if (bound == null) {
      return;
    }
    int order = value.compareTo(bound.decimalValue()) * sign;
    if (order > 0 || (excluded && order == 0)) {
      String words =
          (sign > 0 ? "should be less than " : "should be greater than ")
              + (excluded ? "" : "or equal to ");
      invalid(path, plainText(value), words + plain(bound), found);
    }
  }

  private static Object plainText(BigDecimal value) {
    return new Shown(value.stripTrailingZeros().toPlainString());
  }

  private static String plain(JsonNode number) {
    return number.decimalValue().stripTrailingZeros().toPlainString();
  }

  static void items(ArrayNode array, Constraints asked, String path, Consumer<FieldError> found) {
    sizes(array.size(), asked.sizes().items(), "items", path, found);
    if (asked.uniqueness() == Constraints.Uniqueness.ASKED) {
      var seen = new HashSet<JsonNode>();
      for (JsonNode each : array) {
        if (!seen.add(each)) {
          invalid(path, "", "shouldn't contain duplicates", found);
          return;
        }
      }
    }
  }

  static void properties(
      ObjectNode object, Constraints asked, String path, Consumer<FieldError> found) {
    sizes(object.size(), asked.sizes().properties(), "properties", path, found);
  }

  private static void sizes(
      int size, Range<Long> range, String what, String path, Consumer<FieldError> found) {
    Long most = range.most();
    Long least = range.least();
    if (most != null && size > most) {
      found.accept(
          new FieldError(
              FieldError.Type.TOO_MANY,
              SchemaValidation.place(path),
              "Too many: " + size + ": must have at most " + most + " items"));
    }
    if (least != null && size < least) {
      invalid(
          path,
          new Shown(String.valueOf(size)),
          "should have at least " + least + " " + what,
          found);
    }
  }

  private static void invalid(
      String path, Object value, String problem, Consumer<FieldError> found) {
    found.accept(
        FieldError.invalid(
            SchemaValidation.place(path), value, SchemaValidation.in(path) + " " + problem));
  }
}
