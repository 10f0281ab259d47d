package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelOptionalLibrary;
import dev.cel.parser.CelStandardMacro;
import dev.drydock.apiserver.cel.function.Functions;
import dev.drydock.apiserver.cel.plan.Planner;
import dev.drydock.apiserver.cel.value.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The variables that an expression may use. Compiles any number of expressions.
public final class CelScope {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableOptionalSyntax(true)
          .build();

  /// The overloads that there are instead, which real messages leave out.
  private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: [^\n]*\\)");

  private static final Pattern SYNTAX =
      Pattern.compile(
          "(ERROR: <input>:\\d+:\\d+: )(mismatched input|extraneous input|no viable"
              + " alternative|token recognition|missing)");

  private final Functions functions;
  private final Map<String, Shape> variables;
  private final CelTypes types = new CelTypes();
  private final CelCompiler compiler;

  CelScope(Functions functions, Map<String, Shape> variables) {
    this.functions = functions;
    this.variables = Map.copyOf(variables);
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addMacros(SortMacro.definition())
            .addLibraries(CelOptionalLibrary.INSTANCE, CelExtensions.comprehensions())
            .addFunctionDeclarations(functions.declarations())
            .setTypeProvider(types);
    variables.forEach((name, shape) -> builder.addVar(name, types.of(shape)));
    compiler = builder.build();
  }

  /// The expression, ready to run.
  ///
  /// @throws CelCompileException when it is not one, or does not fit the variables' types
  public CelProgram compile(String expression) throws CelCompileException {
    try {
      CelAbstractSyntaxTree parsed = compiler.parse(expression).getAst();
      declareObjects(parsed.getExpr());
      CelValidationResult checked = compiler.check(parsed);
      if (checked.hasError()) {
        throw refused(CheckMessages.of(parsed, checked.getErrors()));
      }
      CelAbstractSyntaxTree tree = checked.getAst();
      var complaints = new Complaints(tree);
      Literals.check(tree, complaints);
      FormatCalls.check(tree, complaints);
      complaints.raise();
      Literals.prepare(tree);
      return new CelProgram(
          expression, tree, Planner.plan(tree, functions, variables.keySet()), variables);
    } catch (CelValidationException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static CelCompileException refused(String message) {
    return new CelCompileException(CelCompileException.Stage.COMPILATION, shown(message));
  }

  private static String shown(String message) {
    String plain =
        CANDIDATES
            .matcher(message.strip())
            .replaceAll("")
            .replace("google.protobuf.Timestamp", "timestamp")
            .replace("google.protobuf.Duration", "duration")
            .replace("The argument must be a simple name", "argument must be a simple name");
    return SYNTAX.matcher(plain).replaceAll("$1Syntax error: $2");
  }

  /// Objects that an expression constructs have the fields that it gives them.
  private void declareObjects(CelExpr root) {
    Map<String, Set<String>> fields = new HashMap<>();
    Subexpressions.all(root)
        .filter(each -> each.exprKind().getKind() == CelExpr.ExprKind.Kind.STRUCT)
        .map(CelExpr::struct)
        .filter(struct -> isConstructible(struct.messageName()))
        .forEach(
            struct -> {
              Set<String> own = fields.computeIfAbsent(struct.messageName(), _ -> new HashSet<>());
              struct.entries().forEach(entry -> own.add(entry.fieldKey()));
            });
    fields.forEach(types::constructible);
  }

  private static boolean isConstructible(String name) {
    return name.equals("Object") || name.startsWith("Object.") || name.equals("JSONPatch");
  }
}
