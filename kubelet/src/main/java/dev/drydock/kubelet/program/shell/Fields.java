package dev.drydock.kubelet.program.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Fields as they grow out of the pieces of one word.
final class Fields {
  private final List<Field> done = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private boolean present;
  private boolean pattern;

  private record Field(String text, Kind kind) {}

  private enum Kind {
    TEXT,
    PATTERN
  }

  boolean isEmpty() {
    return done.isEmpty() && !present;
  }

  void plain(String value) {
    text.append(value);
    present = true;
    pattern |= Glob.isPattern(value);
  }

  void quoted(String value) {
    text.append(value);
    present = true;
  }

  /// Adds what came from an unquoted substitution: blanks part fields.
  void split(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t' || c == '\n') {
        end();
      } else {
        text.append(c);
        present = true;
        pattern |= c == '*' || c == '?';
      }
    }
  }

  private void end() {
    if (present) {
      done.add(new Field(text.toString(), pattern ? Kind.PATTERN : Kind.TEXT));
    }
    text.setLength(0);
    present = false;
    pattern = false;
  }

  /// @param names of the files that a pattern stands for
  List<String> list(Function<String, List<String>> names) {
    end();
    List<String> all = new ArrayList<>();
    for (Field field : done) {
      switch (field.kind()) {
        case TEXT -> all.add(field.text());
        case PATTERN -> all.addAll(names.apply(field.text()));
      }
    }
    return all;
  }
}
