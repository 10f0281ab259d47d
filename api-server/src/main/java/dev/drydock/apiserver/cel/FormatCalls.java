package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.drydock.apiserver.cel.function.FormatClause;
import dev.drydock.apiserver.cel.function.FormatPattern;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks the calls of `format` whose pattern and list of arguments are written out.
final class FormatCalls {
  private final CelAbstractSyntaxTree tree;
  private final Complaints complaints;

  private FormatCalls(CelAbstractSyntaxTree tree, Complaints complaints) {
    this.tree = tree;
    this.complaints = complaints;
  }

  static void check(CelAbstractSyntaxTree tree, Complaints complaints) {
    var calls = new FormatCalls(tree, complaints);
    Subexpressions.all(tree.getExpr()).forEach(calls::check);
  }

  private void check(CelExpr expression) {
    if (expression.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL
        || !expression.call().function().equals("format")
        || expression.call().args().size() != 1) {
      return;
    }
    CelExpr list = expression.call().args().getFirst();
    Optional<String> pattern = expression.call().target().flatMap(Subexpressions::text);
    if (pattern.isPresent() && list.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST) {
      check(expression, pattern.get(), list.list().elements());
    }
  }

  private void check(CelExpr call, String pattern, List<CelExpr> arguments) {
    var misfit = new Misfit(call);
    try {
      int used =
          FormatPattern.read(
              pattern,
              arguments.size(),
              new FormatPattern.Reader() {
                @Override
                public void letter(char letter) {}

                @Override
                public void clause(FormatClause clause, char letter, int precision, int position) {
                  misfit.check(clause, arguments.get(position));
                }
              });
      if (arguments.size() > used) {
        complaints.about(
            call,
            "too many arguments supplied to string.format (expected "
                + used
                + ", got "
                + arguments.size()
                + ")");
      }
    } catch (CelEvaluationException e) {
      complaints.about(misfit.part, String.valueOf(e.getMessage()));
    }
  }

  /// The part of a call that does not fit; the whole call until one is found.
  private final class Misfit {
    private CelExpr part;

    Misfit(CelExpr call) {
      this.part = call;
    }

    void check(FormatClause clause, CelExpr argument) {
      CelType type = tree.getType(argument.id()).orElse(SimpleType.DYN);
      if (!clause.takes(type.kind())) {
        part = argument;
        throw CelEvaluationException.failed(clause.mismatch(name(type)));
      }
      if (clause == FormatClause.STRING) {
        elements(argument).forEach(element -> check(clause, element));
      }
    }

    private Stream<CelExpr> elements(CelExpr argument) {
      return switch (argument.exprKind().getKind()) {
        case LIST, MAP -> Subexpressions.of(argument);
        default -> Stream.empty();
      };
    }
  }

  private static String name(CelType type) {
    return switch (type.kind()) {
      case LIST -> "list";
      case MAP -> "map";
      case TYPE -> "type";
      case NULL_TYPE -> "null_type";
      default -> type.kind() == CelKind.OPAQUE ? type.name() : CelTypes.name(type);
    };
  }
}
