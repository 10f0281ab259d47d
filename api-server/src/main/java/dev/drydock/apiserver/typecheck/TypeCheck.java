package dev.drydock.apiserver.typecheck;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.matching.CelVariables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Compiles the expressions of a policy once for each type that the policy names, and tells what
/// does not fit. Types behind wildcards are not looked at, and no more than ten.
final class TypeCheck {
  private static final int MOST_TYPES = 10;

  private final CelEnvironment cel;
  private final Kinds kinds;

  /// The types that are served.
  interface Kinds {
    Optional<ResourceType> find(String group, String version, String resource);

    Optional<ResourceType> ofKind(String apiVersion, String kind);

    /// @return empty: it is not served any more
    Optional<Schema> schema(ResourceType type);
  }

  /// What does not fit.
  ///
  /// @param field where the expression stands: `spec.validations[0].expression`
  record Warning(String field, String text) {}

  TypeCheck(CelEnvironment cel, Kinds kinds) {
    this.cel = cel;
    this.kinds = kinds;
  }

  List<Warning> check(ObjectNode policy) {
    JsonNode spec = policy.path("spec");
    List<Seen> types = seen(spec);
    List<Warning> warnings = new ArrayList<>();
    int i = 0;
    for (JsonNode validation : spec.path("validations")) {
      String at = "spec.validations[" + i++ + "].";
      for (String field : List.of("expression", "messageExpression")) {
        String found = check(validation.path(field).stringValue(""), types);
        if (!found.isEmpty()) {
          warnings.add(new Warning(at + field, found));
        }
      }
    }
    return warnings;
  }

  /// A type, and what expressions may use where it is the object's.
  private record Seen(ResourceType type, CelScope scope) {}

  private static String check(String expression, List<Seen> types) {
    if (expression.isEmpty()) {
      return "";
    }
    List<String> found = new ArrayList<>();
    for (Seen seen : types) {
      try {
        var _ = seen.scope().compile(expression.strip());
      } catch (CelCompileException e) {
        found.add(shown(seen.type()) + ": " + e.getMessage() + "\n");
      }
    }
    return String.join("\n", found);
  }

  private static String shown(ResourceType type) {
    return type.apiVersion() + ", Kind=" + type.kind();
  }

  private List<Seen> seen(JsonNode spec) {
    List<Seen> seen = new ArrayList<>();
    for (ResourceType type : matched(spec.path("matchConstraints"))) {
      Optional<Schema> schema = kinds.schema(type);
      if (schema.isPresent()) {
        seen.add(new Seen(type, scope(spec, type, schema.get())));
      }
    }
    return seen;
  }

  private Set<ResourceType> matched(JsonNode constraints) {
    var types =
        new TreeSet<ResourceType>(
            Comparator.comparing(ResourceType::group)
                .thenComparing(ResourceType::version)
                .thenComparing(ResourceType::kind));
    for (JsonNode rule : constraints.path("resourceRules")) {
      for (String group : named(rule.path("apiGroups"))) {
        for (String version : named(rule.path("apiVersions"))) {
          for (String resource : named(rule.path("resources"))) {
            if (types.size() < MOST_TYPES) {
              kinds.find(group, version, resource).ifPresent(types::add);
            }
          }
        }
      }
    }
    return types;
  }

  /// The names in a list; none when one of them is a wildcard.
  private static List<String> named(JsonNode list) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : list) {
      String name = each.stringValue("");
      if (name.contains("*")) {
        return List.of();
      }
      names.add(name);
    }
    return names;
  }

  private CelScope scope(JsonNode spec, ResourceType type, Schema schema) {
    var shapes = new SchemaShapes();
    Map<String, Shape> variables = CelVariables.ofConditions();
    Shape object = shapes.object(schema, "object." + type.kind());
    variables.put("object", object);
    variables.put("oldObject", object);
    variables.put("namespaceObject", Shape.DYN);
    JsonNode params = spec.path("paramKind");
    if (params.isObject()) {
      variables.put("params", params(params, shapes));
    }
    Map<String, Shape.Field> declared = new LinkedHashMap<>();
    variables.put(
        "variables", Shape.object("kubernetes.variables", () -> new LinkedHashMap<>(declared)));
    for (JsonNode variable : spec.path("variables")) {
      String name = variable.path("name").stringValue("");
      String expression = variable.path("expression").stringValue("");
      Shape shape = result(cel.scope(variables), expression, shapes);
      declared.put(name, new Shape.Field(name, shape == null ? Shape.DYN : shape));
    }
    return cel.scope(variables);
  }

  private Shape params(JsonNode kind, SchemaShapes shapes) {
    String name = kind.path("kind").stringValue("");
    return kinds
        .ofKind(kind.path("apiVersion").stringValue(""), name)
        .flatMap(kinds::schema)
        .map(schema -> shapes.object(schema, "params." + name))
        .orElse(Shape.DYN);
  }

  private static @Nullable Shape result(CelScope scope, String expression, SchemaShapes shapes) {
    try {
      return shapes.named(scope.compile(expression.strip()).resultType());
    } catch (CelCompileException _) {
      return null;
    }
  }
}
