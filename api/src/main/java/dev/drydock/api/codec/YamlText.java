package dev.drydock.api.codec;

import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a tree as YAML: block style, two spaces, lists at the column of their key.
final class YamlText {
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();

  private YamlText() {}

  static String of(JsonNode tree) {
    var writer = new YamlText();
    if (isBlock(tree)) {
      writer.block(tree, "");
    } else {
      writer.inline(tree, "");
    }
    return writer.text.toString();
  }

  private static boolean isBlock(JsonNode node) {
    return node.isContainer() && !node.isEmpty();
  }

  private void block(JsonNode node, String indent) {
    if (node instanceof ObjectNode object) {
      boolean first = true;
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        text.append(first ? "" : indent).append(scalar(field.getKey())).append(':');
        first = false;
        JsonNode value = field.getValue();
        if (!isBlock(value)) {
          text.append(' ');
          inline(value, indent);
        } else if (value instanceof ArrayNode) {
          text.append('\n').append(indent);
          block(value, indent);
        } else {
          text.append('\n').append(indent).append(INDENT);
          block(value, indent + INDENT);
        }
      }
    } else {
      Iterator<JsonNode> elements = node.iterator();
      for (boolean first = true; elements.hasNext(); first = false) {
        JsonNode element = elements.next();
        text.append(first ? "" : indent).append("- ");
        if (isBlock(element)) {
          block(element, indent + INDENT);
        } else {
          inline(element, indent);
        }
      }
    }
  }

  private void inline(JsonNode value, String indent) {
    if (value.isString() && value.stringValue().indexOf('\n') >= 0 && isPlainText(value)) {
      literal(value.stringValue(), indent + INDENT);
      return;
    }
    text.append(value.isString() ? scalar(value.stringValue()) : value.toString()).append('\n');
  }

  private static boolean isPlainText(JsonNode value) {
    String string = value.stringValue();
    return !string.startsWith(" ")
        && !string.startsWith("\n")
        && string.chars().allMatch(c -> c == '\n' || c == '\t' || c >= ' ');
  }

  private void literal(String value, String indent) {
    text.append(value.endsWith("\n\n") ? "|+" : value.endsWith("\n") ? "|" : "|-").append('\n');
    value
        .lines()
        .forEach(line -> text.append(line.isEmpty() ? "" : indent).append(line).append('\n'));
  }

  /// Plain where it comes back as the same text, else quoted.
  private static String scalar(String value) {
    if (value.isEmpty() || !YamlScalars.resolve(value, "").isString()) {
      return '"' + value + '"';
    }
    boolean plain =
        "-?:,[]{}#&*!|>'\"%@`= ".indexOf(value.charAt(0)) < 0
            && !value.endsWith(" ")
            && !value.endsWith(":")
            && !value.contains(": ")
            && !value.contains(" #")
            && value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
    if (plain) {
      return value;
    }
    return value.chars().allMatch(c -> c >= ' ')
        ? "'" + value.replace("'", "''") + "'"
        : Json.MAPPER.writeValueAsString(value);
  }
}
