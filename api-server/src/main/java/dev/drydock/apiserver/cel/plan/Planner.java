package dev.drydock.apiserver.cel.plan;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.drydock.apiserver.cel.function.Functions;
import dev.drydock.apiserver.cel.value.ByteText;
import dev.drydock.apiserver.cel.value.Null;
import dev.drydock.apiserver.cel.value.TypeName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the nodes of an expression. One planner for one expression.
public final class Planner {
  private final CelAbstractSyntaxTree tree;
  private final Functions functions;
  private final Set<String> declared;
  private final Map<String, Integer> variables = new HashMap<>();
  private final Map<String, List<Integer>> locals = new HashMap<>();
  private int slots;

  /// What runs.
  ///
  /// @param slots how many a frame needs
  public record Plan(Node root, int slots) {}

  private Planner(CelAbstractSyntaxTree tree, Functions functions, Set<String> declared) {
    this.tree = tree;
    this.functions = functions;
    this.declared = declared;
  }

  /// @param declared names of the variables
  public static Plan plan(CelAbstractSyntaxTree tree, Functions functions, Set<String> declared) {
    var planner = new Planner(tree, functions, declared);
    Node root = planner.node(tree.getExpr());
    return new Plan(root, planner.slots);
  }

  private Node node(CelExpr expression) {
    return switch (expression.exprKind().getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> identifier(expression);
      case SELECT -> select(expression);
      case CALL -> call(expression);
      case LIST -> Building.list(nodes(expression.list().elements()), expression.list());
      case MAP -> map(expression.map());
      case STRUCT -> struct(expression.struct());
      case COMPREHENSION -> fold(expression.comprehension());
      case NOT_SET -> throw new IllegalArgumentException("an expression without content");
    };
  }

  private List<Node> nodes(List<CelExpr> expressions) {
    return expressions.stream().map(this::node).toList();
  }

  private static Node constant(CelConstant constant) {
    Object value =
        switch (constant.getKind()) {
          case NULL_VALUE -> Null.NULL;
          case BOOLEAN_VALUE -> constant.booleanValue();
          case INT64_VALUE -> constant.int64Value();
          case UINT64_VALUE -> constant.uint64Value();
          case DOUBLE_VALUE -> constant.doubleValue();
          case STRING_VALUE -> constant.stringValue();
          case BYTES_VALUE -> new ByteText(constant.bytesValue().toByteArray());
          default -> throw new IllegalArgumentException("no such constant: " + constant.getKind());
        };
    return frame -> value;
  }

  private Node identifier(CelExpr expression) {
    String name = expression.ident().name();
    List<Integer> scopes = locals.get(name);
    if (scopes != null && !scopes.isEmpty()) {
      int slot = scopes.getLast();
      return frame -> {
        frame.spend(1);
        return frame.local(slot);
      };
    }
    return global(referenceOf(expression).map(CelReference::name).orElse(name));
  }

  /// A variable, or the name of a type.
  private Node global(String name) {
    if (!declared.contains(name)) {
      var type = new TypeName(name);
      return frame -> type;
    }
    int slot = variables.computeIfAbsent(name, ignored -> slots++);
    return frame -> {
      frame.spend(1);
      return frame.variable(slot, name);
    };
  }

  private Optional<CelReference> referenceOf(CelExpr expression) {
    return tree.getReference(expression.id());
  }

  private Node select(CelExpr expression) {
    Optional<CelReference> reference = referenceOf(expression);
    if (reference.isPresent() && reference.get().overloadIds().isEmpty()) {
      return global(reference.get().name());
    }
    Node operand = node(expression.select().operand());
    String field = expression.select().field();
    return expression.select().testOnly()
        ? Access.has(operand, field)
        : Access.select(operand, field);
  }

  private Node call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    String name = call.function();
    List<CelExpr> arguments = new ArrayList<>();
    call.target().ifPresent(arguments::add);
    arguments.addAll(call.args());
    List<Node> nodes = nodes(arguments);
    return switch (name) {
      case "_&&_" -> Logic.and(nodes);
      case "_||_" -> Logic.or(nodes);
      case "_?_:_" -> Logic.conditional(nodes.get(0), nodes.get(1), nodes.get(2));
      case "@not_strictly_false", "__not_strictly_false__" -> Logic.notStrictlyFalse(nodes.get(0));
      case "_[_]" -> Access.index(nodes.get(0), nodes.get(1));
      case "_?._", "_[?_]" -> Access.optional(nodes.get(0), nodes.get(1));
      case "or" -> Logic.or(nodes.get(0), nodes.get(1));
      case "orValue" -> Logic.orValue(nodes.get(0), nodes.get(1));
      default -> invoke(name, nodes);
    };
  }

  private Node invoke(String name, List<Node> arguments) {
    Functions.Callable function = functions.function(name);
    if (function == null) {
      throw new IllegalArgumentException("no such function: " + name);
    }
    return frame -> {
      Object[] values = new Object[arguments.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = arguments.get(i).evaluate(frame);
      }
      return function.call(values, frame::spend);
    };
  }

  private Node map(CelExpr.CelMap map) {
    return Building.map(
        map.entries().stream()
            .map(
                entry ->
                    new Building.Entry(
                        node(entry.key()), node(entry.value()), entry.optionalEntry()))
            .toList());
  }

  private Node struct(CelExpr.CelStruct struct) {
    return Building.struct(
        struct.messageName(),
        struct.entries().stream()
            .map(
                entry ->
                    new Building.Entry(
                        frame -> entry.fieldKey(), node(entry.value()), entry.optionalEntry()))
            .toList());
  }

  private Node fold(CelExpr.CelComprehension loop) {
    Node range = node(loop.iterRange());
    Node start = node(loop.accuInit());
    int result = open(loop.accuVar());
    int first = open(loop.iterVar());
    int second = loop.iterVar2().isEmpty() ? -1 : open(loop.iterVar2());
    Node goOn = node(loop.loopCondition());
    Node step = node(loop.loopStep());
    close(loop.iterVar());
    if (second >= 0) {
      close(loop.iterVar2());
    }
    Node end = node(loop.result());
    close(loop.accuVar());
    return new Fold(
        new Fold.Variables(first, second, result), range, start, new Fold.Steps(goOn, step, end));
  }

  private void close(String name) {
    locals.getOrDefault(name, List.of()).removeLast();
  }

  private int open(String name) {
    locals.computeIfAbsent(name, ignored -> new ArrayList<>()).add(slots);
    return slots++;
  }
}
