package dev.drydock.kubelet.program.shell;

import java.util.List;

/// A parsed piece of a script.
sealed interface Node {

  /// A command with its words; a word list may be empty when there are assignments.
  record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects)
      implements Node {}

  record Assignment(String name, Word value) {}

  /// @param operator `<`, `>`, `>>`, `>&`, `<&`, `&>`, `<<` (the target is the text itself)
  record Redirect(int descriptor, String operator, Word target) {}

  record Pipeline(List<Node> stages, Sense sense) implements Node {}

  /// Whether the status is turned round by `!`.
  enum Sense {
    AS_IS,
    NEGATED
  }

  /// `left && right` or `left || right`.
  record AndOr(Node left, Condition when, Node right) implements Node {}

  /// When the right side of a list runs.
  enum Condition {
    SUCCESS,
    FAILURE
  }

  record Sequence(List<Node> parts) implements Node {}

  record Background(Node body) implements Node {}

  record If(Node condition, Node then, Node otherwise) implements Node {}

  /// `while` (runs on success) or `until` (on failure).
  record Loop(Node test, Condition goesOn, Node body) implements Node {}

  record For(String variable, List<Word> values, Node body) implements Node {}

  record Case(Word subject, List<Choice> choices) implements Node {}

  record Choice(List<Word> patterns, Node body) {}

  /// `{ …; }`, or `( … )` with a state of its own.
  record Group(Node body, Scope scope, List<Redirect> redirects) implements Node {}

  /// Whether a group changes the shell around it.
  enum Scope {
    SAME,
    OWN
  }

  record Function(String name, Node body) implements Node {}
}
