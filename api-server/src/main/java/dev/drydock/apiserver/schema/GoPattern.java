package dev.drydock.apiserver.schema;

import java.util.regex.Pattern;

/// Regular expressions as definitions have them (RE2), read by Java's engine.
public final class GoPattern {
  private GoPattern() {}

  /// @throws java.util.regex.PatternSyntaxException when it is none
  public static Pattern compile(String expression) {
    return Pattern.compile(
        expression
            .replace("(?P<", "(?<")
            .replace("[[:alpha:]]", "\\p{Alpha}")
            .replace("[[:digit:]]", "\\p{Digit}")
            .replace("[[:alnum:]]", "\\p{Alnum}")
            .replace("[[:space:]]", "\\s")
            .replace("[:alpha:]", "\\p{Alpha}")
            .replace("[:digit:]", "\\p{Digit}")
            .replace("[:alnum:]", "\\p{Alnum}")
            .replace("[:upper:]", "\\p{Upper}")
            .replace("[:lower:]", "\\p{Lower}")
            .replace("[:space:]", "\\s")
            .replace("[:punct:]", "\\p{Punct}"));
  }
}
