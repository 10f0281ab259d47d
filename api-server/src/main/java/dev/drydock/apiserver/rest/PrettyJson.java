package dev.drydock.apiserver.rest;

import java.io.ByteArrayOutputStream;

/// Indents JSON by two spaces without parsing it.
final class PrettyJson {
  private static final int NONE = -1;

  private PrettyJson() {}

  static byte[] indent(byte[] json) {
    var out = new ByteArrayOutputStream(json.length * 2);
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < json.length; i++) {
      int c = json[i];
      if (inString) {
        out.write(c);
        if (c == '\\' && i + 1 < json.length) {
          out.write(json[++i]);
        } else if (c == '"') {
          inString = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> {
          inString = true;
          out.write(c);
        }
        case '{', '[' -> {
          out.write(c);
          int close = next(json, i + 1);
          if (close != NONE && (json[close] == '}' || json[close] == ']')) {
            out.write(json[close]);
            i = close;
          } else {
            newLine(out, ++depth);
          }
        }
        case '}', ']' -> {
          newLine(out, --depth);
          out.write(c);
        }
        case ',' -> {
          out.write(c);
          newLine(out, depth);
        }
        case ':' -> {
          out.write(c);
          out.write(' ');
        }
        case ' ', '\n', '\r', '\t' -> {}
        default -> out.write(c);
      }
    }
    return out.toByteArray();
  }

  private static int next(byte[] json, int from) {
    for (int i = from; i < json.length; i++) {
      if (json[i] > ' ') {
        return i;
      }
    }
    return NONE;
  }

  private static void newLine(ByteArrayOutputStream out, int depth) {
    out.write('\n');
    for (int i = 0; i < depth; i++) {
      out.write(' ');
      out.write(' ');
    }
  }
}
