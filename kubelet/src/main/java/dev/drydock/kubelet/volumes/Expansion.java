package dev.drydock.kubelet.volumes;

import java.util.Map;

/// `$(NAME)` in commands, arguments and environment values. Pure.
public final class Expansion {
  private Expansion() {}

  /// Replaces references to known variables; `$$` is a dollar sign; unknown ones stay.
  public static String expand(String text, Map<String, String> variables) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      int close = text.indexOf(')', at);
      if (c == '$' && next == '$') {
        out.append('$');
        at += 2;
      } else if (c == '$' && next == '(' && close > 0) {
        String name = text.substring(at + 2, close);
        String value = variables.get(name);
        out.append(value == null ? text.substring(at, close + 1) : value);
        at = close + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }
}
