package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What is wrong with parts of an expression, in the order of the text; the first thing for each
/// place.
final class Complaints {
  private final CelAbstractSyntaxTree tree;
  private final NavigableMap<Integer, String> problems = new TreeMap<>();

  Complaints(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  void about(CelExpr part, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(part.id());
    Optional<CelSourceLocation> location =
        offset == null ? Optional.empty() : tree.getSource().getOffsetLocation(offset);
    problems.putIfAbsent(
        offset == null ? -1 : offset,
        CelIssue.formatError(location.orElse(CelSourceLocation.NONE), message)
            .toDisplayString(tree.getSource()));
  }

  /// @throws CelCompileException when there are any
  void raise() throws CelCompileException {
    if (!problems.isEmpty()) {
      throw new CelCompileException(
          CelCompileException.Stage.COMPILATION, String.join("\n", problems.values()));
    }
  }
}
