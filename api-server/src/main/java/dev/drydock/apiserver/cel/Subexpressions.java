package dev.drydock.apiserver.cel;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.Optional;
import java.util.stream.Stream;

/// What an expression is made of.
final class Subexpressions {
  private Subexpressions() {}

  /// An expression and all below it, from left to right.
  static Stream<CelExpr> all(CelExpr expression) {
    return Stream.concat(Stream.of(expression), of(expression).flatMap(Subexpressions::all));
  }

  /// Those directly below an expression; of a loop, which is what a macro becomes, all but its
  /// condition.
  static Stream<CelExpr> of(CelExpr expression) {
    return switch (expression.exprKind().getKind()) {
      case SELECT -> Stream.of(expression.select().operand());
      case CALL ->
          Stream.concat(expression.call().target().stream(), expression.call().args().stream());
      case LIST -> expression.list().elements().stream();
      case MAP ->
          expression.map().entries().stream()
              .flatMap(entry -> Stream.of(entry.key(), entry.value()));
      case STRUCT -> expression.struct().entries().stream().map(CelExpr.CelStruct.Entry::value);
      case COMPREHENSION ->
          Stream.of(
              expression.comprehension().iterRange(),
              expression.comprehension().accuInit(),
              expression.comprehension().loopStep(),
              expression.comprehension().result());
      case CONSTANT, IDENT, NOT_SET -> Stream.empty();
    };
  }

  /// The text that an expression is, where it is written out.
  static Optional<String> text(CelExpr expression) {
    return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? Optional.of(expression.constant().stringValue())
        : Optional.empty();
  }
}
