package dev.drydock.apiserver.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The JSON paths of printer columns: fields, indices, all elements, and elements selected by one
/// comparison: `.status.conditions[?(@.type=="Ready")].status`.
public final class JsonPath {
  private static final Pattern FIELD = Pattern.compile("\\.?((?:\\\\.|[^.\\[\\]\\\\*])+)");
  private static final Pattern QUOTED = Pattern.compile("\\[(?:'([^']*)'|\"([^\"]*)\")]");
  private static final Pattern INDEX = Pattern.compile("\\[(-?[0-9]+)]");
  private static final Pattern ALL = Pattern.compile("\\[\\*]|\\.\\*");
  private static final Pattern FILTER =
      Pattern.compile(
          "\\[\\?\\(\\s*@(\\.[^=!<>\\s]+)"
              + "\\s*(==|!=|<=|>=|<|>)\\s*(?:'([^']*)'|\"([^\"]*)\"|([^)\\s]+))\\s*\\)]");

  /// One step from some values to others.
  private interface Step {
    void from(JsonNode node, List<JsonNode> to);
  }

  private final List<Step> steps;

  private JsonPath(List<Step> steps) {
    this.steps = steps;
  }

  /// @throws IllegalArgumentException when it is none that we know
  public static JsonPath parse(String path) {
    String text = path.startsWith("$") ? path.substring(1) : path;
    var steps = new ArrayList<Step>();
    int at = 0;
    while (at < text.length()) {
      at = step(text, at, steps);
    }
    return new JsonPath(steps);
  }

  private static int step(String text, int at, List<Step> steps) {
    Matcher matcher = ALL.matcher(text).region(at, text.length());
    if (matcher.lookingAt()) {
      steps.add((node, to) -> node.forEach(to::add));
      return matcher.end();
    }
    matcher = matcher.usePattern(FILTER).region(at, text.length());
    if (matcher.lookingAt()) {
      steps.add(filter(matcher));
      return matcher.end();
    }
    matcher = matcher.usePattern(INDEX).region(at, text.length());
    if (matcher.lookingAt()) {
      int index = Integer.parseInt(matcher.group(1));
      steps.add((node, to) -> add(node.path(index < 0 ? node.size() + index : index), to));
      return matcher.end();
    }
    matcher = matcher.usePattern(QUOTED).region(at, text.length());
    if (matcher.lookingAt()) {
      field(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), steps);
      return matcher.end();
    }
    matcher = matcher.usePattern(FIELD).region(at, text.length());
    if (matcher.lookingAt()) {
      field(matcher.group(1).replaceAll("\\\\(.)", "$1"), steps);
      return matcher.end();
    }
    throw new IllegalArgumentException("unexpected text in path at: " + text.substring(at));
  }

  private static void field(String name, List<Step> steps) {
    steps.add((node, to) -> add(node.path(name), to));
  }

  private static void add(JsonNode node, List<JsonNode> to) {
    if (!node.isMissingNode()) {
      to.add(node);
    }
  }

  private static Step filter(Matcher matcher) {
    JsonPath left = parse(matcher.group(1));
    String right =
        matcher.group(3) != null
            ? matcher.group(3)
            : matcher.group(4) != null ? matcher.group(4) : matcher.group(5);
    Predicate<Integer> wanted =
        switch (matcher.group(2)) {
          case "==" -> order -> order == 0;
          case "!=" -> order -> order != 0;
          case "<" -> order -> order < 0;
          case "<=" -> order -> order <= 0;
          case ">" -> order -> order > 0;
          default -> order -> order >= 0;
        };
    return (node, to) -> {
      for (JsonNode each : node) {
        List<JsonNode> found = left.find(each);
        if (!found.isEmpty() && wanted.test(compare(found.getFirst(), right))) {
          to.add(each);
        }
      }
    };
  }

  private static int compare(JsonNode left, String right) {
    if (left.isNumber()) {
      try {
        return Double.compare(left.doubleValue(), Double.parseDouble(right));
      } catch (NumberFormatException e) {
        return left.toString().compareTo(right);
      }
    }
    return left.asString("").compareTo(right);
  }

  /// The values at the end of the path.
  public List<JsonNode> find(JsonNode root) {
    List<JsonNode> now = List.of(root);
    for (Step step : steps) {
      var next = new ArrayList<JsonNode>();
      now.forEach(node -> step.from(node, next));
      now = next;
    }
    return now;
  }
}
