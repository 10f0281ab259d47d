package dev.drydock.apiserver.cel.function;

/// A text in double quotes, with what cannot be printed escaped.
final class Quote {
  private Quote() {}

  static String of(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted.append(
          switch (c) {
            case 7 -> "\\a";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 11 -> "\\v";
            case '\\' -> "\\\\";
            case '"' -> "\\\"";
            default -> String.valueOf(c);
          });
    }
    return quoted.append('"').toString();
  }
}
