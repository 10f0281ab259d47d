package dev.drydock.api.status;

import java.util.ArrayList;
import java.util.List;

/// Values in messages, written as Go's formatting writes them, and what Go thinks of texts.
public final class GoText {
  private GoText() {}

  /// A character that can't be printed.
  ///
  /// @param position in bytes
  public record Unprintable(int character, int position) {}

  /// All characters of a text that can't be printed, in order.
  public static List<Unprintable> unprintable(String text) {
    var found = new ArrayList<Unprintable>();
    int position = 0;
    for (int character : text.codePoints().toArray()) {
      if (!isPrintable(character)) {
        found.add(new Unprintable(character, position));
      }
      position += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
    return found;
  }

  /// A text in quotes; what can't be printed is escaped, as by Go's `%q`.
  static String quoted(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(each -> append(each, quoted));
    return quoted.append('"').toString();
  }

  private static void append(int character, StringBuilder into) {
    switch (character) {
      case '"' -> into.append("\\\"");
      case '\\' -> into.append("\\\\");
      case 7 -> into.append("\\a");
      case '\b' -> into.append("\\b");
      case '\f' -> into.append("\\f");
      case '\n' -> into.append("\\n");
      case '\r' -> into.append("\\r");
      case '\t' -> into.append("\\t");
      case 11 -> into.append("\\v");
      default -> {
        if (isPrintable(character)) {
          into.appendCodePoint(character);
        } else if (character < 0x80) {
          into.append(String.format("\\x%02x", character));
        } else if (character < 0x10000) {
          into.append(String.format("\\u%04x", character));
        } else {
          into.append(String.format("\\U%08x", character));
        }
      }
    }
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> character == ' ';
      default -> true;
    };
  }

  /// JSON as Go writes it: fit to stand in HTML.
  static String json(String json) {
    var escaped = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<', '>', '&', '\u2028', '\u2029' -> escaped.append(String.format("\\u%04x", (int) c));
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
