package dev.drydock.kubelet.program.shell;

import java.util.function.Function;

/// `$((…))`: whole numbers, C's operators and precedence. Pure but for assignments.
final class ArithmeticRules {
  private final String text;
  private final Function<String, String> read;
  private final Assign assign;
  private int at;

  /// Sets a variable.
  interface Assign {
    void set(String name, String value);
  }

  ArithmeticRules(String text, Function<String, String> read, Assign assign) {
    this.text = text;
    this.read = read;
    this.assign = assign;
  }

  long value() {
    long value = choice();
    skip();
    if (at < text.length()) {
      throw wrong();
    }
    return value;
  }

  private long choice() {
    long condition = or();
    if (take("?")) {
      long yes = choice();
      if (!take(":")) {
        throw wrong();
      }
      long no = choice();
      return condition != 0 ? yes : no;
    }
    return condition;
  }

  private long or() {
    long left = and();
    while (take("||")) {
      long right = and();
      left = left != 0 || right != 0 ? 1 : 0;
    }
    return left;
  }

  private long and() {
    long left = compare();
    while (take("&&")) {
      long right = compare();
      left = left != 0 && right != 0 ? 1 : 0;
    }
    return left;
  }

  private long compare() {
    long left = sum();
    while (true) {
      if (take("==")) {
        left = left == sum() ? 1 : 0;
      } else if (take("!=")) {
        left = left != sum() ? 1 : 0;
      } else if (take("<=")) {
        left = left <= sum() ? 1 : 0;
      } else if (take(">=")) {
        left = left >= sum() ? 1 : 0;
      } else if (take("<")) {
        left = left < sum() ? 1 : 0;
      } else if (take(">")) {
        left = left > sum() ? 1 : 0;
      } else {
        return left;
      }
    }
  }

  private long sum() {
    long left = product();
    while (true) {
      if (take("+")) {
        left += product();
      } else if (take("-")) {
        left -= product();
      } else {
        return left;
      }
    }
  }

  private long product() {
    long left = unary();
    while (true) {
      if (take("*")) {
        left *= unary();
      } else if (take("/")) {
        left /= nonZero(unary());
      } else if (take("%")) {
        left %= nonZero(unary());
      } else {
        return left;
      }
    }
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw new SyntaxException(SyntaxException.Kind.WRONG, "divide by zero");
    }
    return divisor;
  }

  private long unary() {
    if (take("!")) {
      return unary() == 0 ? 1 : 0;
    }
    if (take("-")) {
      return -unary();
    }
    if (take("+")) {
      return unary();
    }
    if (take("(")) {
      long inside = choice();
      if (!take(")")) {
        throw wrong();
      }
      return inside;
    }
    return atom();
  }

  private long atom() {
    skip();
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String name = text.substring(start, at);
    if (name.isEmpty()) {
      throw wrong();
    }
    if (Character.isDigit(name.charAt(0))) {
      return number(name);
    }
    long present = number(read.apply(name));
    if (take("++")) {
      assign.set(name, Long.toString(present + 1));
      return present;
    }
    if (take("--")) {
      assign.set(name, Long.toString(present - 1));
      return present;
    }
    if (take("+=")) {
      return assigned(name, present + choice());
    }
    if (take("-=")) {
      return assigned(name, present - choice());
    }
    skip();
    if (text.startsWith("=", at) && !text.startsWith("==", at)) {
      at++;
      return assigned(name, choice());
    }
    return present;
  }

  private long assigned(String name, long value) {
    assign.set(name, Long.toString(value));
    return value;
  }

  private static long number(String text) {
    try {
      return text.isBlank() ? 0 : Long.decode(text.strip());
    } catch (NumberFormatException e) {
      throw new SyntaxException(SyntaxException.Kind.WRONG, "arithmetic syntax error");
    }
  }

  private boolean take(String operator) {
    skip();
    if (!text.startsWith(operator, at)) {
      return false;
    }
    boolean longer =
        (operator.equals("<") || operator.equals(">") || operator.equals("!"))
            && text.startsWith("=", at + 1);
    boolean compound =
        (operator.equals("+") || operator.equals("-"))
            && (text.startsWith("=", at + 1) || text.startsWith(operator, at + 1));
    if (longer || compound) {
      return false;
    }
    at += operator.length();
    return true;
  }

  private void skip() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static SyntaxException wrong() {
    return new SyntaxException(SyntaxException.Kind.WRONG, "arithmetic syntax error");
  }
}
