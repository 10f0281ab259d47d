package dev.drydock.apiserver.cel;

import dev.drydock.apiserver.cel.function.Functions;
import dev.drydock.apiserver.cel.value.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles expressions. Costs nothing until the first one.
public final class CelEnvironment {
  private @Nullable Functions functions;

  /// A place where expressions over these variables can be compiled; keep it for several.
  ///
  /// @param variables what expressions may use, by name
  public CelScope scope(Map<String, Shape> variables) {
    return new CelScope(functions(), variables);
  }

  /// Compiles one expression.
  public CelProgram compile(String expression, Map<String, Shape> variables)
      throws CelCompileException {
    return scope(variables).compile(expression);
  }

  private synchronized Functions functions() {
    if (functions == null) {
      functions = Functions.kubernetes();
    }
    return functions;
  }
}
