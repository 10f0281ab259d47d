package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.schema.SchemaNode;
import org.jspecify.annotations.Nullable;

/// Paths of fields in a schema: `.spec.size`, `.spec.labels['a.b']`.
final class SchemaPaths {

  private SchemaPaths() {}

  /// How steps may be written.
  enum Notation {
    ANY,
    DOTS
  }

  /// @param at where the path leads; null: nowhere
  /// @param problem why; empty: the path is good
  record Found(@Nullable SchemaNode at, String first, String problem) {}

  static Found find(SchemaNode root, String path, Notation notation) {
    SchemaNode at = root;
    String first = "";
    int i = 0;
    while (i < path.length()) {
      char begin = path.charAt(i);
      String step;
      if (begin == '.') {
        int end = endOfName(path, i + 1);
        step = path.substring(i + 1, end);
        i = end;
      } else if (begin == '[') {
        if (notation == Notation.DOTS) {
          return wrong("array notation is not allowed");
        }
        int end = path.indexOf("']", i);
        if (end < 0 || path.charAt(i + 1) != '\'') {
          return wrong("unexpected end of JSON path");
        }
        step = path.substring(i + 2, end);
        i = end + 2;
      } else {
        return wrong("expected [ or . but got: " + path.substring(i, endOfName(path, i)));
      }
      if (step.isEmpty()) {
        return wrong("unexpected end of JSON path");
      }
      SchemaNode next = at.properties().get(step);
      if (next == null && at.properties().isEmpty()) {
        next = at.additional();
      }
      if (next == null) {
        return wrong("does not refer to a valid field");
      }
      first = first.isEmpty() ? step : first;
      at = next;
    }
    return new Found(at, first, "");
  }

  private static int endOfName(String path, int from) {
    int end = from;
    while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
      end++;
    }
    return end;
  }

  private static Found wrong(String problem) {
    return new Found(null, "", problem);
  }
}
