package dev.drydock.apiserver.cel.function;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// All functions, by name. Made once, when the first expression is compiled.
public final class Functions {
  private final Map<String, List<Overload>> byName = new HashMap<>();
  private final List<CelFunctionDecl> declarations;

  private Functions(List<Library> standard, List<Library> added) {
    Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    for (Library library : standard) {
      bind(library);
    }
    for (Library library : added) {
      bind(library);
      for (Library.Entry entry : library.entries()) {
        List<CelOverloadDecl> of =
            declared.computeIfAbsent(entry.name(), ignored -> new ArrayList<>());
        for (Overload overload : entry.overloads()) {
          of.add(overload.declaration("drydock_" + entry.name() + "_" + of.size(), entry.style()));
        }
      }
    }
    declarations =
        declared.entrySet().stream()
            .map(entry -> CelFunctionDecl.newFunctionDeclaration(entry.getKey(), entry.getValue()))
            .toList();
  }

  /// Everything that Kubernetes knows.
  public static Functions kubernetes() {
    return new Functions(
        List.of(
            ArithmeticFunctions.library(),
            ComparisonFunctions.library(),
            ConversionFunctions.library(),
            TimeFunctions.library(),
            OptionalFunctions.library()),
        List.of(
            TextFunctions.library(),
            ListFunctions.library(),
            SetFunctions.library(),
            UrlFunctions.library(),
            QuantityFunctions.library(),
            AddressFunctions.library(),
            FormatFunctions.library(),
            VersionFunctions.library(),
            AuthorizerFunctions.library(),
            PatchFunctions.library()));
  }

  private void bind(Library library) {
    for (Library.Entry entry : library.entries()) {
      byName.computeIfAbsent(entry.name(), ignored -> new ArrayList<>()).addAll(entry.overloads());
    }
  }

  /// What the checker must know beyond CEL's own functions.
  public List<CelFunctionDecl> declarations() {
    return declarations;
  }

  /// The function of a name; null when there is none.
  public @Nullable Callable function(String name) {
    List<Overload> overloads = byName.get(name);
    return overloads == null ? null : new Callable(List.copyOf(overloads));
  }

  /// A function with all its overloads.
  public static final class Callable {
    private final List<Overload> overloads;

    Callable(List<Overload> overloads) {
      this.overloads = overloads;
    }

    /// Calls what fits the arguments.
    ///
    /// @param meter is told the cost
    /// @throws CelEvaluationException when nothing fits, or the function fails
    public Object call(Object[] arguments, LongConsumer meter) {
      for (Overload overload : overloads) {
        if (overload.takes(arguments)) {
          Object result = overload.body().call(arguments);
          meter.accept(overload.cost().of(arguments, result));
          return result;
        }
      }
      throw CelEvaluationException.noSuchOverload();
    }
  }
}
