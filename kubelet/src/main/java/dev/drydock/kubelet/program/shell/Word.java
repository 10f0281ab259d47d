package dev.drydock.kubelet.program.shell;

import java.util.List;
import java.util.Optional;

/// A word as it stands in a script, before expansion.
record Word(List<Part> parts) {
  Word {
    parts = List.copyOf(parts);
  }

  static Word of(String text) {
    return new Word(List.of(new Literal(text, Quoting.NONE)));
  }

  /// Whether a part is inside of quotes: not split, not a pattern.
  enum Quoting {
    NONE,
    QUOTED
  }

  /// A piece of a word.
  sealed interface Part {
    Quoting quoting();
  }

  record Literal(String text, Quoting quoting) implements Part {}

  /// `$NAME` or `${NAME op argument}`.
  ///
  /// @param operator empty, `-`, `:-`, `=`, `:=`, `+`, `:+`, `?`, `:?`, `#`, `##`, `%`, `%%`, `/`,
  ///     `//`, or `length`
  record Parameter(String name, String operator, Word argument, Quoting quoting) implements Part {}

  /// `$(…)` or backquotes.
  record Command(String script, Quoting quoting) implements Part {}

  /// `$((…))`.
  record Arithmetic(Word expression, Quoting quoting) implements Part {}

  /// The text, when the word is one unquoted piece of text: what a reserved word looks like.
  Optional<String> plain() {
    return parts.size() == 1
            && parts.getFirst() instanceof Literal(String text, Quoting quoting)
            && quoting == Quoting.NONE
        ? Optional.of(text)
        : Optional.empty();
  }

  boolean isQuoted() {
    return parts.stream().anyMatch(part -> part.quoting() == Quoting.QUOTED);
  }
}
