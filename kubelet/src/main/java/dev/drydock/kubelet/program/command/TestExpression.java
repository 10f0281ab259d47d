package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.files.FileInfo;
import dev.drydock.kubelet.program.World;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `test` and `[` understand.
final class TestExpression {
  private final World world;
  private final List<String> words;
  private int at;

  TestExpression(World world, List<String> words) {
    this.world = world;
    this.words = words;
  }

  /// @throws IllegalArgumentException with a text for people
  boolean value() {
    if (words.isEmpty()) {
      return false;
    }
    boolean value = or();
    if (at < words.size()) {
      throw new IllegalArgumentException(words.get(at) + ": unknown operand");
    }
    return value;
  }

  private boolean or() {
    boolean left = and();
    while (take("-o") || take("||")) {
      left |= and();
    }
    return left;
  }

  private boolean and() {
    boolean left = not();
    while (take("-a") || take("&&")) {
      left &= not();
    }
    return left;
  }

  private boolean not() {
    if (at + 1 < words.size() && take("!")) {
      return !not();
    }
    if (at + 2 < words.size() && words.get(at).equals("(")) {
      at++;
      boolean inside = or();
      take(")");
      return inside;
    }
    return primary();
  }

  private boolean primary() {
    String first = next();
    if (at + 1 < words.size() && isBinary(words.get(at))) {
      String operator = next();
      return binary(first, operator, next());
    }
    if (first.matches("-[a-zA-Z]") && at < words.size()) {
      return unary(first, next());
    }
    return !first.isEmpty();
  }

  private static boolean isBinary(String word) {
    return word.matches("=|==|!=|=~|<|>|-(eq|ne|lt|le|gt|ge|nt|ot)");
  }

  private boolean unary(String operator, String value) {
    Optional<FileInfo> info = world.files().stat(world.path(value));
    return switch (operator) {
      case "-n" -> !value.isEmpty();
      case "-z" -> value.isEmpty();
      case "-e", "-r", "-w" -> info.isPresent();
      case "-f" -> info.isPresent() && !info.get().isDirectory();
      case "-d" -> info.isPresent() && info.get().isDirectory();
      case "-s" -> info.isPresent() && info.get().size() > 0;
      case "-x" -> info.isPresent() && (info.get().mode() & 0111) != 0;
      default -> throw new IllegalArgumentException(operator + ": unknown operand");
    };
  }

  private static boolean binary(String left, String operator, String right) {
    return switch (operator) {
      case "=", "==" -> left.equals(right);
      case "!=" -> !left.equals(right);
      case "=~" -> Pattern.compile(right).matcher(left).find();
      case "<" -> left.compareTo(right) < 0;
      case ">" -> left.compareTo(right) > 0;
      case "-eq" -> number(left) == number(right);
      case "-ne" -> number(left) != number(right);
      case "-lt" -> number(left) < number(right);
      case "-le" -> number(left) <= number(right);
      case "-gt" -> number(left) > number(right);
      default -> number(left) >= number(right);
    };
  }

  private static long number(String text) {
    if (!text.strip().matches("-?[0-9]{1,18}")) {
      throw new IllegalArgumentException("invalid number '" + text + "'");
    }
    return Long.parseLong(text.strip());
  }

  private boolean take(String word) {
    if (at < words.size() && words.get(at).equals(word)) {
      at++;
      return true;
    }
    return false;
  }

  private String next() {
    if (at >= words.size()) {
      throw new IllegalArgumentException("argument expected");
    }
    return words.get(at++);
  }
}
