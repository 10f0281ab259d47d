package dev.drydock.apiserver.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.Optional;

/// `list.sortBy(e, key)`: the list is bound to a name, and sorted by the list of its keys.
final class SortMacro {
  private static final String INPUT = "@__sortBy_input__";

  private SortMacro() {}

  static CelMacro definition() {
    return CelMacro.newReceiverMacro("sortBy", 2, SortMacro::expand);
  }

  private static Optional<CelExpr> expand(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    return switch (target.exprKind().getKind()) {
      case LIST, SELECT, IDENT, COMPREHENSION, CALL ->
          CelStandardMacro.MAP
              .getDefinition()
              .getExpander()
              .expandMacro(factory, factory.newIdentifier(INPUT), arguments)
              .map(keys -> sorted(factory, target, keys));
      case CONSTANT, MAP, STRUCT, NOT_SET ->
          Optional.of(
              factory.reportError(
                  "sortBy can only be applied to a list, identifier, comprehension, call or select"
                      + " expression"));
    };
  }

  private static CelExpr sorted(CelMacroExprFactory factory, CelExpr target, CelExpr keys) {
    if (keys.exprKind().getKind() != CelExpr.ExprKind.Kind.COMPREHENSION) {
      return keys; // an error that was reported
    }
    return factory.fold(
        "#unused",
        factory.newList(),
        INPUT,
        target,
        factory.newBoolLiteral(false),
        factory.newIdentifier(INPUT),
        factory.newReceiverCall("@sortByAssociatedKeys", factory.newIdentifier(INPUT), keys));
  }
}
