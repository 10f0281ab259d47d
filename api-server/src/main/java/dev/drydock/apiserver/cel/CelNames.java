package dev.drydock.apiserver.cel;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Names in expressions: which are taken, and how properties are written.
public final class CelNames {
  private static final Pattern SPELLABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.\\-/]*");
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private CelNames() {}

  /// Whether the language keeps the name to itself, so that no variable can have it.
  public static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  /// Empty for a name that expressions cannot write.
  public static Optional<String> escape(String property) {
    if (!SPELLABLE.matcher(property).matches()) {
      return Optional.empty();
    }
    if (isReserved(property)) {
      return Optional.of("__" + property + "__");
    }
    return Optional.of(
        property
            .replace("__", "__underscores__")
            .replace(".", "__dot__")
            .replace("-", "__dash__")
            .replace("/", "__slash__"));
  }
}
