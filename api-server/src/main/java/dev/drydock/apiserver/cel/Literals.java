package dev.drydock.apiserver.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Values;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What is asked of values that are written in an expression: durations, points in time and regular
/// expressions are such; lists and maps hold values of one type, but where `format` takes them.
final class Literals {
  private final CelAbstractSyntaxTree tree;
  private final NavigableMap<Integer, String> problems = new TreeMap<>();

  private Literals(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  static void check(CelAbstractSyntaxTree tree) throws CelCompileException {
    var literals = new Literals(tree);
    for (String function : List.of("duration", "timestamp", "matches")) {
      literals.walk(tree.getExpr(), (each, place) -> literals.argument(function, each));
    }
    literals.walk(tree.getExpr(), literals::types);
    if (!literals.problems.isEmpty()) {
      throw new CelCompileException(String.join("\n", literals.problems.values()));
    }
  }

  /// Whether a place is an argument of `format`.
  private enum Place {
    FORMATTED,
    OTHER
  }

  private void walk(CelExpr expression, BiConsumer<CelExpr, Place> visitor) {
    walk(expression, Place.OTHER, visitor);
  }

  private void walk(CelExpr expression, Place place, BiConsumer<CelExpr, Place> visitor) {
    visitor.accept(expression, place);
    boolean formats =
        expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
            && expression.call().function().equals("format");
    List<CelExpr> formatted = formats ? expression.call().args() : List.of();
    Subexpressions.of(expression)
        .forEach(each -> walk(each, formatted.contains(each) ? Place.FORMATTED : place, visitor));
  }

  private void argument(String function, CelExpr expression) {
    if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL
        || !expression.call().function().equals(function)
        || expression.call().args().isEmpty()) {
      return;
    }
    CelExpr argument = expression.call().args().getFirst();
    if (argument.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE
        && !isGood(function, argument.constant().stringValue())) {
      report(argument, "invalid " + function + " argument");
    }
  }

  private static boolean isGood(String function, String text) {
    try {
      switch (function) {
        case "duration" -> Values.duration(text);
        case "timestamp" -> Values.timestamp(text);
        default -> Pattern.compile(text);
      }
      return true;
    } catch (CelEvaluationException | PatternSyntaxException _) {
      return false;
    }
  }

  private void types(CelExpr expression, Place place) {
    if (place == Place.FORMATTED) {
      return;
    }
    switch (expression.exprKind().getKind()) {
      case LIST -> sameType(expression.list().elements());
      case MAP -> {
        sameType(expression.map().entries().stream().map(CelExpr.CelMap.Entry::key).toList());
        sameType(expression.map().entries().stream().map(CelExpr.CelMap.Entry::value).toList());
      }
      default -> {
        // holds no values of its own
      }
    }
  }

  private void sameType(List<CelExpr> elements) {
    @Nullable CelType first = null;
    for (CelExpr element : elements) {
      CelType type = plain(tree.getType(element.id()).orElse(SimpleType.DYN));
      if (first == null) {
        first = type;
      } else if (!fits(first, type) && !fits(type, first)) {
        String expected = CelTypes.name(first);
        report(element, "expected type '" + expected + "' but found '" + CelTypes.name(type) + "'");
        return;
      }
    }
  }

  private static boolean fits(CelType expected, CelType found) {
    return expected.isAssignableFrom(found)
        || CelTypes.name(expected).equals(CelTypes.name(found))
        || CelTypes.name(expected).contains("dyn")
        || CelTypes.name(expected).contains("%")
        || found.kind() == CelKind.NULL_TYPE;
  }

  private static CelType plain(CelType type) {
    return type.kind() == CelKind.OPAQUE && type.name().equals("optional_type")
        ? type.parameters().get(0)
        : type;
  }

  private void report(CelExpr element, String message) {
    Integer offset = tree.getSource().getPositionsMap().get(element.id());
    Optional<CelSourceLocation> location =
        offset == null ? Optional.empty() : tree.getSource().getOffsetLocation(offset);
    problems.putIfAbsent(
        offset == null ? -1 : offset,
        CelIssue.formatError(location.orElse(CelSourceLocation.NONE), message)
            .toDisplayString(tree.getSource()));
  }
}
