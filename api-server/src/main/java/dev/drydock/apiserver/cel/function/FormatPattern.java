package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import dev.drydock.apiserver.cel.value.CelEvaluationException;

/// The text before `.format(…)`, read from left to right.
public final class FormatPattern {
  private static final int PRECISION = 6;

  /// Nobody reads more digits than these.
  private static final int MOST_DIGITS = 1000;

  private final String text;
  private final Reader reader;
  private int at;
  private int clauses;

  private FormatPattern(String text, Reader reader) {
    this.text = text;
    this.reader = reader;
  }

  /// Is told the parts of a pattern in turn.
  public interface Reader {

    /// A letter that stands for itself.
    void letter(char letter);

    /// @param letter of the clause
    /// @param position of the argument that is meant
    void clause(FormatClause clause, char letter, int precision, int position);
  }

  /// @param arguments how many there are
  /// @return how many are used
  /// @throws CelEvaluationException when the pattern is none, or wants more arguments
  public static int read(String text, int arguments, Reader reader) {
    var pattern = new FormatPattern(text, reader);
    while (pattern.at < text.length()) {
      pattern.next(arguments);
    }
    return pattern.clauses;
  }

  private void next(int arguments) {
    char c = text.charAt(at++);
    if (c != '%') {
      reader.letter(c);
    } else if (at < text.length() && text.charAt(at) == '%') {
      reader.letter('%');
      at++;
    } else if (at == text.length()) {
      throw failed("unexpected end of string");
    } else if (clauses >= arguments) {
      throw failed("index " + clauses + " out of range");
    } else {
      int precision = text.charAt(at) == '.' ? precision() : PRECISION;
      char letter = text.charAt(at++);
      FormatClause clause =
          FormatClause.of(letter)
              .orElseThrow(() -> unreadable("unrecognized formatting clause \"" + letter + "\""));
      reader.clause(clause, letter, precision, clauses++);
    }
  }

  private int precision() {
    int begin = at + 1;
    at = begin;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == text.length()) {
      throw unreadable("error while parsing precision: could not find end of precision specifier");
    }
    String digits = text.substring(begin, at);
    try {
      return (int) Math.min(Long.parseLong(digits), MOST_DIGITS);
    } catch (NumberFormatException _) {
      throw unreadable(
          "error while parsing precision: error while converting precision to integer:"
              + " strconv.Atoi: parsing \""
              + digits
              + "\": "
              + (digits.isEmpty() ? "invalid syntax" : "value out of range"));
    }
  }

  private static CelEvaluationException unreadable(String problem) {
    return failed("could not parse formatting clause: " + problem);
  }
}
