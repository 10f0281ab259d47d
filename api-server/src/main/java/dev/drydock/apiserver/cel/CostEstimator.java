package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.drydock.apiserver.cel.value.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What an expression can cost at most, from the sizes that its variables' shapes allow.
final class CostEstimator {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final long LIST = 10;

  /// A call that makes a list.
  private static final long MADE_LIST = LIST + 1;

  private static final long MAP = 30;
  private static final long STRUCT = 40;
  private static final long CHECK = 350_000;

  /// Of comparing two addresses of the longer kind, and of two networks.
  private static final long ADDRESSES = 4;

  private static final long NETWORKS = 7;

  /// Of matching the longest pattern of a named format, for each ten letters.
  private static final long NAME_PATTERN = 32;

  private final CelAbstractSyntaxTree tree;
  private final Map<String, Shape> variables;
  private final Map<String, List<Part>> locals = new HashMap<>();

  /// What is known of a part of an expression.
  ///
  /// @param size of its value at most
  private record Part(long cost, long size, Shape shape) {
    Part costing(long more) {
      return new Part(plus(cost, more), size, shape);
    }
  }

  private CostEstimator(CelAbstractSyntaxTree tree, Map<String, Shape> variables) {
    this.tree = tree;
    this.variables = variables;
  }

  /// [Long#MAX_VALUE] when nothing limits it.
  static long estimate(CelAbstractSyntaxTree tree, Map<String, Shape> variables) {
    return new CostEstimator(tree, variables).part(tree.getExpr()).cost();
  }

  private Part part(CelExpr expression) {
    return switch (expression.exprKind().getKind()) {
      case CONSTANT -> constant(expression.constant());
      case IDENT -> identifier(expression.ident().name());
      case SELECT -> select(expression.select());
      case CALL -> call(expression);
      case LIST -> {
        List<Part> elements = parts(expression.list().elements());
        Shape items = elements.isEmpty() ? Shape.DYN : elements.getFirst().shape();
        yield new Part(plus(costOf(elements), LIST), elements.size(), Shape.list(items));
      }
      case MAP -> {
        long cost = MAP;
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
          cost = plus(cost, plus(part(entry.key()).cost(), part(entry.value()).cost()));
        }
        yield new Part(cost, expression.map().entries().size(), Shape.map(Shape.DYN));
      }
      case STRUCT -> {
        long cost = STRUCT;
        for (CelExpr.CelStruct.Entry entry : expression.struct().entries()) {
          cost = plus(cost, part(entry.value()).cost());
        }
        yield new Part(cost, 1, Shape.DYN);
      }
      case COMPREHENSION -> loop(expression.comprehension());
      case NOT_SET -> new Part(0, 1, Shape.DYN);
    };
  }

  private List<Part> parts(List<CelExpr> expressions) {
    return expressions.stream().map(this::part).toList();
  }

  private static Part constant(CelConstant constant) {
    return switch (constant.getKind()) {
      case STRING_VALUE -> new Part(0, constant.stringValue().length(), Shape.STRING);
      case BYTES_VALUE -> new Part(0, constant.bytesValue().size(), Shape.BYTES);
      default -> new Part(0, 1, Shape.INT);
    };
  }

  private Part identifier(String name) {
    List<Part> local = locals.get(name);
    if (local != null && !local.isEmpty()) {
      Part part = local.getLast();
      return new Part(1, part.size(), part.shape());
    }
    return of(variables.getOrDefault(name, Shape.DYN), 1);
  }

  private static Part of(Shape shape, long cost) {
    return new Part(cost, sizeOf(shape), shape);
  }

  private static long sizeOf(Shape shape) {
    return switch (shape.kind()) {
      case BOOL, INT, DOUBLE, TIMESTAMP, DURATION, OBJECT, LIBRARY -> 1;
      case DYN, STRING, BYTES, LIST, MAP ->
          shape.maxSize() == Shape.UNLIMITED ? UNLIMITED : shape.maxSize();
    };
  }

  private Part select(CelExpr.CelSelect select) {
    Part operand = part(select.operand());
    if (select.testOnly()) {
      return new Part(operand.cost(), 1, Shape.BOOL);
    }
    return of(member(operand.shape(), select.field()), plus(operand.cost(), 1));
  }

  private static Shape member(Shape shape, String field) {
    return switch (shape.kind()) {
      case OBJECT -> shape.field(field).map(Shape.Field::shape).orElse(Shape.DYN);
      case MAP, LIST -> shape.items();
      default -> Shape.DYN;
    };
  }

  private Part call(CelExpr expression) {
    CelExpr.CelCall call = expression.call();
    List<CelExpr> all = new ArrayList<>();
    call.target().ifPresent(all::add);
    all.addAll(call.args());
    List<Part> arguments = parts(all);
    long cost = costOf(arguments);
    return switch (call.function()) {
      case "_&&_", "_||_" -> new Part(cost, 1, Shape.BOOL);
      case "_?_:_" -> {
        Part then = arguments.get(1);
        Part otherwise = arguments.get(2);
        yield new Part(
            plus(arguments.get(0).cost(), Math.max(then.cost(), otherwise.cost())),
            Math.max(then.size(), otherwise.size()),
            then.shape());
      }
      case "_[_]", "_?._", "_[?_]" -> {
        Part operand = arguments.get(0);
        CelExpr key = all.get(1);
        boolean named =
            key.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && key.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        yield of(member(operand.shape(), named ? key.constant().stringValue() : ""), plus(cost, 1));
      }
      case "slice" -> {
        Part list = arguments.get(0);
        long from = literal(all.get(1), 0);
        yield part(from, literal(all.get(2), list.size()), list.shape()).costing(cost);
      }
      case "lists.range" ->
          part(0, literal(all.getFirst(), UNLIMITED), Shape.list(Shape.INT)).costing(cost);
      default -> function(call.function(), arguments, sizeOfType(expression)).costing(cost);
    };
  }

  /// A list that is made from one place to another.
  private static Part part(long from, long to, Shape list) {
    long size = to == UNLIMITED ? UNLIMITED : Math.max(0, to - from);
    return new Part(plus(size, MADE_LIST), size, list);
  }

  /// What a number is that is written out.
  private static long literal(CelExpr expression, long otherwise) {
    return expression.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expression.constant().getKind() == CelConstant.Kind.INT64_VALUE
        ? Math.max(0, expression.constant().int64Value())
        : otherwise;
  }

  /// All that is known of the size of a value whose origin says nothing.
  private long sizeOfType(CelExpr expression) {
    return switch (tree.getType(expression.id()).orElse(SimpleType.DYN).kind()) {
      case BOOL, INT, UINT, DOUBLE, DURATION, TIMESTAMP, NULL_TYPE -> 1;
      default -> UNLIMITED;
    };
  }

  /// The call itself: its cost without that of the arguments, and what it gives.
  ///
  /// @param size of what a function gives that is not known here
  private static Part function(String name, List<Part> arguments, long size) {
    long first = arguments.isEmpty() ? 1 : arguments.get(0).size();
    long second = arguments.size() < 2 ? 1 : arguments.get(1).size();
    Shape shape = arguments.isEmpty() ? Shape.DYN : arguments.get(0).shape();
    return switch (name) {
      case "startsWith", "endsWith" -> new Part(tenth(second), 1, Shape.BOOL);
      case "contains" -> new Part(times(tenth(first), tenth(second)), 1, Shape.BOOL);
      case "matches" -> new Part(match(first, second), 1, Shape.BOOL);
      case "find" -> new Part(match(first, second), first, Shape.STRING);
      case "findAll" -> new Part(match(first, second), first, Shape.list(Shape.STRING));
      case "@in" -> new Part(second == UNLIMITED ? UNLIMITED : Math.max(1, second), 1, Shape.BOOL);
      case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" ->
          new Part(tenth(Math.min(first, second)), 1, Shape.BOOL);
      case "_+_" ->
          arguments.stream().anyMatch(argument -> isText(argument.shape()))
              ? new Part(tenth(plus(first, second)), plus(first, second), shape)
              : new Part(1, plus(first, second), shape);
      case "isSorted", "sum", "min", "max", "indexOf", "lastIndexOf" -> elements(first, shape);
      case "url", "quantity", "isQuantity", "ip", "isIP", "cidr", "isCIDR", "semver", "isSemver" ->
          new Part(tenth(first), 1, Shape.DYN);
      case "validate" -> new Part(times(tenth(second), NAME_PATTERN), 1, Shape.DYN);
      case "sets.contains", "sets.intersects" ->
          new Part(plus(1, times(first, second)), 1, Shape.BOOL);
      case "sets.equivalent" -> new Part(plus(1, times(2, times(first, second))), 1, Shape.BOOL);
      case "reverse" -> new Part(plus(first, MADE_LIST), first, shape);
      case "flatten" -> new Part(plus(first, MADE_LIST), UNLIMITED, shape);
      case "distinct", "sort" -> new Part(amongThemselves(first, shape), first, shape);
      case "@sortByAssociatedKeys" ->
          new Part(amongThemselves(second, arguments.get(1).shape()), second, shape);
      case "containsIP" -> new Part(plus(ADDRESSES, parsing(arguments)), 1, Shape.BOOL);
      case "containsCIDR" -> new Part(plus(NETWORKS, parsing(arguments)), 1, Shape.BOOL);
      case "check" -> new Part(CHECK, 1, Shape.DYN);
      case "orValue", "or" -> new Part(1, Math.max(first, second), shape);
      case "dyn" -> new Part(1, first, shape);
      default -> text(name, arguments, size);
    };
  }

  /// Of reading the second argument, where it is a text.
  private static long parsing(List<Part> arguments) {
    Part second = arguments.get(1);
    return isText(second.shape()) ? tenth(second.size()) : 0;
  }

  /// Of looking at each element of a list; for texts, at all their letters. A text is one too.
  private static Part elements(long size, Shape shape) {
    if (shape.kind() != Shape.Kind.LIST) {
      return new Part(tenth(size), 1, Shape.INT);
    }
    Shape items = shape.items();
    long each = isText(items) ? plus(1, tenth(sizeOf(items))) : 1;
    return new Part(times(size, each), sizeOf(items), items);
  }

  /// Of comparing the elements of a list with each other, and making a list.
  private static long amongThemselves(long size, Shape list) {
    long pairs = times(size, size);
    long texts = isText(list.items()) ? tenth(pairs) : 0;
    return plus(plus(times(2, pairs), texts), MADE_LIST);
  }

  private static boolean isText(Shape shape) {
    return shape.kind() == Shape.Kind.STRING || shape.kind() == Shape.Kind.BYTES;
  }

  /// Functions that make texts.
  private static Part text(String name, List<Part> arguments, long size) {
    long first = arguments.isEmpty() ? 1 : arguments.get(0).size();
    long second = arguments.size() < 2 ? 1 : arguments.get(1).size();
    Shape shape = arguments.isEmpty() ? Shape.DYN : arguments.get(0).shape();
    return switch (name) {
      case "lowerAscii", "upperAscii", "substring", "trim", "charAt" ->
          new Part(tenth(first), first, Shape.STRING);
      case "string", "bytes" ->
          isText(shape)
              ? new Part(tenth(first), first, Shape.STRING)
              : new Part(1, UNLIMITED, Shape.STRING);
      case "replace" -> new Part(times(2, tenth(first)), times(first, Math.max(1, second)), shape);
      case "split" -> new Part(times(2, tenth(first)), first, Shape.list(Shape.STRING));
      case "join" -> {
        long separators = arguments.size() < 2 ? 0 : times(Math.max(0, first - 1), second);
        long joined = plus(times(first, sizeOf(shape.items())), separators);
        yield new Part(tenth(joined), joined, Shape.STRING);
      }
      case "format" -> new Part(tenth(first), UNLIMITED, Shape.STRING);
      default -> new Part(1, size, Shape.DYN);
    };
  }

  private Part loop(CelExpr.CelComprehension loop) {
    Part range = part(loop.iterRange());
    Part start = part(loop.accuInit());
    boolean map = range.shape().kind() == Shape.Kind.MAP;
    // Of what a loop made nothing is known but how much there is of it.
    boolean made = loop.iterRange().exprKind().getKind() == CelExpr.ExprKind.Kind.COMPREHENSION;
    Shape element = member(range.shape(), "");
    Part item = made ? new Part(1, 0, element) : of(element, 1);
    Part key = map ? new Part(1, 0, Shape.STRING) : new Part(1, 1, Shape.INT);
    boolean two = !loop.iterVar2().isEmpty();
    Part result = new Part(1, Math.max(start.size(), range.size()), start.shape());
    push(loop.accuVar(), result);
    push(loop.iterVar(), two || map ? key : item);
    push(two ? loop.iterVar2() : loop.iterVar(), two ? item : map ? key : item);
    long each = plus(part(loop.loopCondition()).cost(), part(loop.loopStep()).cost());
    Shape items = stepItems(loop.loopStep());
    pop(two ? loop.iterVar2() : loop.iterVar());
    pop(loop.iterVar());
    Part end = part(loop.result());
    pop(loop.accuVar());
    long cost = plus(plus(range.cost(), start.cost()), plus(times(each, range.size()), end.cost()));
    return switch (loop.accuInit().exprKind().getKind()) {
      case LIST -> new Part(cost, range.size(), Shape.list(items));
      case MAP -> new Part(cost, range.size(), start.shape());
      case CONSTANT -> new Part(cost, 1, start.shape());
      default -> new Part(cost, UNLIMITED, start.shape());
    };
  }

  /// Of `result + [x]`, what x is.
  private Shape stepItems(CelExpr step) {
    if (step.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL) {
      for (CelExpr argument : step.call().args()) {
        if (argument.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST
            && !argument.list().elements().isEmpty()) {
          return part(argument.list().elements().get(0)).shape();
        }
        Shape inner = stepItems(argument);
        if (inner.kind() != Shape.Kind.DYN) {
          return inner;
        }
      }
    }
    return Shape.DYN;
  }

  private void push(String name, Part part) {
    locals.computeIfAbsent(name, ignored -> new ArrayList<>()).add(part);
  }

  private void pop(String name) {
    locals.getOrDefault(name, List.of()).removeLast();
  }

  private static long match(long text, long pattern) {
    long letters = text == UNLIMITED ? UNLIMITED : tenth(text + 1);
    return times(letters, pattern == UNLIMITED ? UNLIMITED : (pattern + 3) / 4);
  }

  private static long tenth(long size) {
    return size == UNLIMITED ? UNLIMITED : (size + 9) / 10;
  }

  private static long costOf(List<Part> parts) {
    long cost = 0;
    for (Part part : parts) {
      cost = plus(cost, part.cost());
    }
    return cost;
  }

  private static long plus(long left, long right) {
    long sum = left + right;
    return sum < 0 || left == UNLIMITED || right == UNLIMITED ? UNLIMITED : sum;
  }

  private static long times(long left, long right) {
    if (left == 0 || right == 0) {
      return 0;
    }
    return left > UNLIMITED / right ? UNLIMITED : left * right;
  }
}
