package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.drydock.apiserver.cel.function.Patterns;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is asked of values that are written in an expression: durations, points in time and regular
/// expressions are such; lists and maps hold values of one type, but where `format` takes them.
final class Literals {
  private final CelAbstractSyntaxTree tree;
  private final Complaints complaints;

  private Literals(CelAbstractSyntaxTree tree, Complaints complaints) {
    this.tree = tree;
    this.complaints = complaints;
  }

  static void check(CelAbstractSyntaxTree tree, Complaints complaints) {
    var literals = new Literals(tree, complaints);
    for (String function : List.of("duration", "timestamp", "matches")) {
      literals.walk(tree.getExpr(), (each, place) -> literals.check(function, each));
    }
    literals.walk(tree.getExpr(), literals::types);
  }

  /// Whether the patterns of `find` and `findAll` are any, which are made with the program.
  ///
  /// @throws CelCompileException for the first that is not
  static void prepare(CelAbstractSyntaxTree tree) throws CelCompileException {
    List<String> patterns =
        Subexpressions.all(tree.getExpr())
            .flatMap(
                each ->
                    Stream.of("find", "findAll")
                        .flatMap(function -> argument(function, each).stream()))
            .flatMap(pattern -> Subexpressions.text(pattern).stream())
            .toList();
    for (String pattern : patterns) {
      try {
        var _ = Patterns.compile(pattern);
      } catch (CelEvaluationException e) {
        throw new CelCompileException(
            CelCompileException.Stage.INSTANTIATION, String.valueOf(e.getMessage()));
      }
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

  private void check(String function, CelExpr expression) {
    argument(function, expression)
        .filter(
            argument ->
                Subexpressions.text(argument).filter(text -> !isGood(function, text)).isPresent())
        .ifPresent(argument -> complaints.about(argument, "invalid " + function + " argument"));
  }

  /// The first argument of a call of a function.
  private static Optional<CelExpr> argument(String function, CelExpr expression) {
    return Optional.of(expression)
        .filter(call -> call.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
        .filter(call -> call.call().function().equals(function))
        .flatMap(call -> call.call().args().stream().findFirst());
  }

  private static boolean isGood(String function, String text) {
    try {
      switch (function) {
        case "duration" -> Values.duration(text);
        case "timestamp" -> Values.timestamp(text);
        default -> Patterns.compile(text);
      }
      return true;
    } catch (CelEvaluationException _) {
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
        complaints.about(
            element, "expected type '" + expected + "' but found '" + CelTypes.name(type) + "'");
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
}
