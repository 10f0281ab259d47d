package dev.drydock.apiserver.cel.function;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import java.util.List;

/// One way to call a function.
///
/// @param types classes of the arguments; of a member, the receiver first
record Overload(
    List<Class<?>> types, CelType result, List<CelType> declared, Body body, Cost cost) {

  Overload {
    types = List.copyOf(types);
    declared = List.copyOf(declared);
  }

  boolean takes(Object[] arguments) {
    if (arguments.length != types.size()) {
      return false;
    }
    for (int i = 0; i < arguments.length; i++) {
      if (!types.get(i).isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  CelOverloadDecl declaration(String id, Style style) {
    return switch (style) {
      case MEMBER -> CelOverloadDecl.newMemberOverload(id, result, declared);
      case GLOBAL -> CelOverloadDecl.newGlobalOverload(id, result, declared);
    };
  }

  /// How it is written.
  enum Style {
    GLOBAL,
    MEMBER
  }
}
