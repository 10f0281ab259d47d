package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the checker has against an expression, in the words of the real server: of `&&` and `||`,
/// it names each operand that is no truth, where the checker here names the operator.
final class CheckMessages {
  private static final Pattern LOGIC =
      Pattern.compile(
          "found no matching overload for '(_&&_|_\\|\\|_)' applied to '\\((.*)\\)'.*",
          Pattern.DOTALL);

  private final CelAbstractSyntaxTree tree;

  private CheckMessages(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  static String of(CelAbstractSyntaxTree tree, List<CelIssue> issues) {
    var messages = new CheckMessages(tree);
    return issues.stream()
        .flatMap(messages::inWordsOfGo)
        .map(issue -> issue.toDisplayString(tree.getSource()))
        .collect(Collectors.joining("\n"));
  }

  private Stream<CelIssue> inWordsOfGo(CelIssue issue) {
    Matcher logic = LOGIC.matcher(issue.getMessage());
    if (!logic.matches()) {
      return Stream.of(issue);
    }
    List<String> types = split(logic.group(2));
    var operands =
        find(logic.group(1), issue.getSourceLocation())
            .map(call -> call.call().args())
            .filter(each -> each.size() == types.size())
            .orElse(null);
    if (operands == null) {
      return Stream.of(issue);
    }
    var issues = new ArrayList<CelIssue>();
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i);
      Optional<CelSourceLocation> place = place(operands.get(i));
      if (!type.equals("bool") && !type.equals("dyn") && place.isPresent()) {
        issues.add(
            CelIssue.formatError(place.get(), "expected type 'bool' but found '" + type + "'"));
      }
    }
    return issues.isEmpty() ? Stream.of(issue) : issues.stream();
  }

  private Optional<CelSourceLocation> place(CelExpr expression) {
    return Optional.ofNullable(tree.getSource().getPositionsMap().get(expression.id()))
        .flatMap(tree.getSource()::getOffsetLocation);
  }

  /// The call of a function that stands at a place.
  private Optional<CelExpr> find(String function, CelSourceLocation at) {
    return Subexpressions.all(tree.getExpr())
        .filter(each -> each.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
        .filter(each -> each.call().function().equals(function))
        .filter(each -> place(each).filter(at::equals).isPresent())
        .findFirst();
  }

  /// Parts between commas that are not in parentheses.
  private static List<String> split(String types) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < types.length(); i++) {
      char c = types.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(types.substring(from, i).strip());
        from = i + 1;
      }
    }
    parts.add(types.substring(from).strip());
    return parts;
  }
}
