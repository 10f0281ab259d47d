package dev.drydock.kubelet.program.shell;

import java.util.regex.Pattern;

/// Shell patterns: `*`, `?`, `[…]`.
final class Glob {
  private Glob() {}

  static Pattern compile(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      int close = glob.indexOf(']', i + 2);
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (c == '[' && close > 0) {
        String set = glob.substring(i + 1, close);
        String body = set.startsWith("!") ? "^" + set.substring(1) : set;
        regex.append('[').append(body.replace("\\", "\\\\")).append(']');
        i = close;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  static boolean matches(String glob, String text) {
    return compile(glob).matcher(text).matches();
  }

  static boolean isPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }
}
