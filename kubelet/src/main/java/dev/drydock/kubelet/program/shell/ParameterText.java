package dev.drydock.kubelet.program.shell;

import dev.drydock.kubelet.program.shell.Word.Quoting;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what stands between `${` and `}`.
final class ParameterText {
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[?$!@*#-])(:-|:=|:\\+|:\\?|##|%%|//|[-=+?#%/:])?(.*)",
          Pattern.DOTALL);

  private ParameterText() {}

  static Word.Part read(String inside, Quoting quoting) {
    if (inside.startsWith("#") && inside.length() > 1) {
      return new Word.Parameter(inside.substring(1), "length", Word.of(""), quoting);
    }
    Matcher match = FORM.matcher(inside);
    if (!match.matches()) {
      throw new SyntaxException(SyntaxException.Kind.WRONG, "syntax error: bad substitution");
    }
    String operator = match.group(2) == null ? "" : match.group(2);
    if (operator.isEmpty() && !match.group(3).isEmpty()) {
      throw new SyntaxException(SyntaxException.Kind.WRONG, "syntax error: bad substitution");
    }
    String argument =
        match.group(3).replaceFirst("^\"(.*)\"$", "$1").replaceFirst("^'(.*)'$", "$1");
    return new Word.Parameter(match.group(1), operator, Lexer.quotedText(argument), quoting);
  }
}
