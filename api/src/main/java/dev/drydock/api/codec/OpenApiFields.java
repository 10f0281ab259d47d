package dev.drydock.api.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Writes what the messages of all versions of OpenAPI consist of. Like the bytes, the fields of a
/// message come from the last to the first; a node that is missing leaves its field out.
final class OpenApiFields {
  private static final int EXPECTED = 1 << 20;
  private static final int NAME = 1;
  private static final int VALUE = 2;
  private static final int YAML = 2;

  private final BackwardBytes out = new BackwardBytes(EXPECTED);

  byte[] toArray() {
    return out.toArray();
  }

  void text(int field, JsonNode text) {
    if (text.isString()) {
      out.text(field, text.stringValue());
    }
  }

  void texts(int field, JsonNode texts) {
    for (int i = texts.size() - 1; i >= 0; i--) {
      out.text(field, texts.get(i).asString(""));
    }
  }

  /// Only what is true: the other is what a message without the field means.
  void flag(int field, JsonNode flag) {
    if (flag.isBoolean() && flag.booleanValue()) {
      choice(field, flag);
    }
  }

  void count(int field, JsonNode count) {
    if (count.isNumber() && count.longValue() != 0) {
      out.varint(count.longValue());
      out.tag(field, BackwardBytes.VARINT);
    }
  }

  void number(int field, JsonNode number) {
    if (number.isNumber() && number.doubleValue() != 0) {
      choice(field, number);
    }
  }

  /// A field of which it matters that it is there: the truth, a number or a text.
  void choice(int field, JsonNode value) {
    if (value.isBoolean()) {
      out.varint(value.booleanValue() ? 1 : 0);
      out.tag(field, BackwardBytes.VARINT);
    } else if (value.isNumber()) {
      out.fixed(Double.doubleToRawLongBits(value.doubleValue()), Double.BYTES);
      out.tag(field, BackwardBytes.FIXED64);
    } else {
      text(field, value);
    }
  }

  void nested(int field, Runnable content) {
    int before = out.size();
    content.run();
    out.delimit(field, before);
  }

  void nested(int field, JsonNode node, Consumer<JsonNode> content) {
    if (!node.isMissingNode()) {
      nested(field, () -> content.accept(node));
    }
  }

  void each(int field, JsonNode list, Consumer<JsonNode> content) {
    for (int i = list.size() - 1; i >= 0; i--) {
      JsonNode one = list.get(i);
      nested(field, () -> content.accept(one));
    }
  }

  /// Each entry as a message of its name and its value.
  void named(int field, JsonNode entries, Consumer<JsonNode> content) {
    for (Map.Entry<String, JsonNode> entry : reversed(entries)) {
      named(field, entry, content);
    }
  }

  /// Entries whose values are texts.
  void namedTexts(int field, JsonNode entries) {
    for (Map.Entry<String, JsonNode> entry : reversed(entries)) {
      nested(
          field,
          () -> {
            text(VALUE, entry.getValue());
            out.text(NAME, entry.getKey());
          });
    }
  }

  void named(int field, Map.Entry<String, JsonNode> entry, Consumer<JsonNode> content) {
    nested(
        field,
        () -> {
          nested(VALUE, entry.getValue(), content);
          out.text(NAME, entry.getKey());
        });
  }

  /// A message that is nothing but named entries.
  void map(int field, JsonNode entries, Consumer<JsonNode> content) {
    nested(field, entries, all -> named(1, all, content));
  }

  void extensions(int field, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : reversed(node)) {
      if (entry.getKey().startsWith("x-")) {
        named(field, entry, this::any);
      }
    }
  }

  /// The content of a message that holds anything: YAML, which JSON is too.
  void any(JsonNode value) {
    out.text(YAML, value.toString());
  }

  static List<Map.Entry<String, JsonNode>> reversed(JsonNode entries) {
    return new ArrayList<>(entries.properties()).reversed();
  }
}
