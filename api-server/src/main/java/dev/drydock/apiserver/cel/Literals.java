package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Written lists and maps hold values of one type, but where `format` takes them.
final class Literals {
  private final CelAbstractSyntaxTree tree;

  private Literals(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  static void check(CelAbstractSyntaxTree tree) throws CelCompileException {
    new Literals(tree).check(tree.getExpr());
  }

  private void check(CelExpr expression) throws CelCompileException {
    switch (expression.exprKind().getKind()) {
      case SELECT -> check(expression.select().operand());
      case CALL -> {
        CelExpr.CelCall call = expression.call();
        if (call.target().isPresent()) {
          check(call.target().get());
        }
        if (!call.function().equals("format")) {
          checkAll(call.args());
        }
      }
      case LIST -> {
        sameType(expression.list().elements());
        checkAll(expression.list().elements());
      }
      case MAP -> {
        List<CelExpr> values =
            expression.map().entries().stream().map(CelExpr.CelMap.Entry::value).toList();
        sameType(expression.map().entries().stream().map(CelExpr.CelMap.Entry::key).toList());
        sameType(values);
        checkAll(values);
      }
      case COMPREHENSION -> {
        check(expression.comprehension().iterRange());
        check(expression.comprehension().loopStep());
      }
      case STRUCT, CONSTANT, IDENT, NOT_SET -> {}
    }
  }

  private void checkAll(List<CelExpr> expressions) throws CelCompileException {
    for (CelExpr expression : expressions) {
      check(expression);
    }
  }

  private void sameType(List<CelExpr> elements) throws CelCompileException {
    @Nullable CelType first = null;
    for (CelExpr element : elements) {
      CelType type = plain(tree.getType(element.id()).orElse(SimpleType.DYN));
      if (first == null) {
        first = type;
      } else if (!fits(first, type) && !fits(type, first)) {
        throw mismatch(element, first, type);
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

  private CelCompileException mismatch(CelExpr element, CelType expected, CelType found) {
    Integer offset = tree.getSource().getPositionsMap().get(element.id());
    Optional<CelSourceLocation> location =
        offset == null ? Optional.empty() : tree.getSource().getOffsetLocation(offset);
    String message =
        "expected type '" + CelTypes.name(expected) + "' but found '" + CelTypes.name(found) + "'";
    return new CelCompileException(
        CelIssue.formatError(location.orElse(CelSourceLocation.NONE), message)
            .toDisplayString(tree.getSource()));
  }
}
