package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drydock.apiserver.cel.value.CelEvaluationException;

/// Regular expressions as Go understands them.
public final class Patterns {
  private Patterns() {}

  /// @throws CelEvaluationException when it is none
  public static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw failed("error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
    }
  }
}
