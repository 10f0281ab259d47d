package dev.drydock.apiserver.policy;

import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.matching.CelVariables;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.matching.Matcher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Compiles one policy. Finds everything that does not compile, for who writes the policy.
public final class PolicyCompiler {
  /// What an annotation of the audit log may be made of.
  private static final Set<String> AUDITED = Set.of("string", "null_type", "null");

  private final Map<String, Shape> shapes = CelVariables.ofConditions();
  private final CelEnvironment cel;
  private final ObjectNode policy;
  private final Map<String, Shape.Field> variableFields = new LinkedHashMap<>();
  private final Map<String, CelProgram> variables = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private @Nullable CelScope scope;

  /// An expression that does not do.
  ///
  /// @param field where it stands: `spec.validations[0].expression`
  public record Problem(String field, String expression, String detail) {}

  private PolicyCompiler(CelEnvironment cel, ObjectNode policy) {
    this.cel = cel;
    this.policy = policy;
  }

  static Policy compile(CelEnvironment cel, ObjectNode policy) {
    return new PolicyCompiler(cel, policy).compile();
  }

  /// What in a policy does not compile.
  public static List<Problem> check(CelEnvironment cel, ObjectNode policy) {
    return compile(cel, policy).rules().broken();
  }

  private Policy compile() {
    JsonNode spec = policy.path("spec");
    Conditions conditions = conditions(spec);
    JsonNode kind = spec.path("paramKind");
    shapes.put("namespaceObject", Shape.DYN);
    if (kind.isObject()) {
      shapes.put("params", Shape.DYN);
    }
    shapes.put(
        "variables",
        Shape.object("kubernetes.variables", () -> new LinkedHashMap<>(variableFields)));
    declare(spec);
    var rules =
        new Policy.Rules(
            validations(spec),
            mutations(spec),
            annotations(spec),
            spec.path("reinvocationPolicy").stringValue("Never").equals("IfNeeded")
                ? Policy.Again.IF_NEEDED
                : Policy.Again.NEVER,
            problems);
    return new Policy(
        policy.path("metadata").path("name").stringValue(""),
        spec.path("failurePolicy").stringValue("Fail").equals("Ignore")
            ? Policy.Failure.IGNORE
            : Policy.Failure.FAIL,
        kind.isObject()
            ? new Policy.ParamKind(
                kind.path("apiVersion").stringValue(""), kind.path("kind").stringValue(""))
            : null,
        Matcher.ofResources(spec.path("matchConstraints")),
        conditions,
        variables,
        rules);
  }

  private Conditions conditions(JsonNode spec) {
    JsonNode list = spec.path("matchConditions");
    Map<String, Shape> own = new HashMap<>(shapes);
    if (spec.path("paramKind").isObject()) {
      own.put("params", Shape.DYN);
    }
    try {
      return Conditions.of(list, () -> cel.scope(own));
    } catch (CelCompileException e) {
      for (int i = 0; i < list.size(); i++) {
        String text = list.path(i).path("expression").stringValue("");
        program("spec.matchConditions[" + i + "].expression", text, Set.of("bool"), cel.scope(own));
      }
      return Conditions.NONE;
    }
  }

  /// A scope that knows the variables declared so far.
  private CelScope scope() {
    if (scope == null) {
      scope = cel.scope(shapes);
    }
    return scope;
  }

  private void declare(JsonNode spec) {
    int i = 0;
    for (JsonNode variable : spec.path("variables")) {
      String name = variable.path("name").stringValue("");
      CelProgram program =
          program(
              "spec.variables[" + i++ + "].expression",
              variable.path("expression").stringValue(""),
              Set.of(),
              scope());
      if (program != null) {
        variables.put(name, program);
      }
      variableFields.put(
          name, new Shape.Field(name, program == null ? Shape.DYN : shapeOf(program.resultType())));
      scope = null;
    }
  }

  private static Shape shapeOf(String type) {
    return switch (type) {
      case "bool" -> Shape.BOOL;
      case "int" -> Shape.INT;
      case "double" -> Shape.DOUBLE;
      case "string" -> Shape.STRING;
      case "list(string)" -> Shape.list(Shape.STRING);
      case "list(int)" -> Shape.list(Shape.INT);
      default -> Shape.DYN;
    };
  }

  private List<Policy.Validation> validations(JsonNode spec) {
    List<Policy.Validation> all = new ArrayList<>();
    int i = 0;
    for (JsonNode validation : spec.path("validations")) {
      String at = "spec.validations[" + i++ + "]";
      CelProgram expression =
          program(
              at + ".expression",
              validation.path("expression").stringValue(""),
              Set.of("bool"),
              scope());
      String text = validation.path("messageExpression").stringValue("");
      CelProgram message =
          text.isEmpty()
              ? null
              : program(at + ".messageExpression", text, Set.of("string"), scope());
      if (expression != null) {
        all.add(
            new Policy.Validation(
                expression,
                validation.path("message").stringValue("").strip(),
                message,
                validation.path("reason").stringValue("Invalid")));
      }
    }
    return all;
  }

  private List<Policy.Mutation> mutations(JsonNode spec) {
    List<Policy.Mutation> all = new ArrayList<>();
    int i = 0;
    for (JsonNode mutation : spec.path("mutations")) {
      String at = "spec.mutations[" + i++ + "]";
      boolean patch = mutation.path("patchType").stringValue("").equals("JSONPatch");
      String field = patch ? "jsonPatch" : "applyConfiguration";
      CelProgram expression =
          program(
              at + "." + field + ".expression",
              mutation.path(field).path("expression").stringValue(""),
              patch ? Set.of("list(JSONPatch)", "list(dyn)") : Set.of("Object"),
              scope());
      if (expression != null) {
        Policy.Form form = patch ? Policy.Form.JSON_PATCH : Policy.Form.APPLY_CONFIGURATION;
        all.add(new Policy.Mutation(form, expression));
      }
    }
    return all;
  }

  private List<Policy.Annotation> annotations(JsonNode spec) {
    List<Policy.Annotation> all = new ArrayList<>();
    int i = 0;
    for (JsonNode annotation : spec.path("auditAnnotations")) {
      CelProgram value =
          program(
              "spec.auditAnnotations[" + i++ + "].valueExpression",
              annotation.path("valueExpression").stringValue(""),
              AUDITED,
              scope());
      if (value != null) {
        all.add(new Policy.Annotation(annotation.path("key").stringValue(""), value));
      }
    }
    return all;
  }

  /// @param types of which the result must be; empty: any
  private @Nullable CelProgram program(
      String field, String expression, Set<String> types, CelScope in) {
    try {
      CelProgram program = in.compile(expression.strip());
      if (types.isEmpty() || types.contains(program.resultType())) {
        return program;
      }
      problems.add(
          new Problem(
              field,
              expression,
              "must evaluate to " + wanted(types) + " but got " + program.resultType()));
    } catch (CelCompileException e) {
      problems.add(new Problem(field, expression, e.problem()));
    }
    return null;
  }

  private static String wanted(Set<String> types) {
    if (types.equals(AUDITED)) {
      return "one of [string null_type]";
    }
    return types.contains("list(JSONPatch)") ? "list(JSONPatch)" : types.iterator().next();
  }
}
