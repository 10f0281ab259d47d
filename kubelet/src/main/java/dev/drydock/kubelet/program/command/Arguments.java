package dev.drydock.kubelet.program.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A command line taken apart: single-letter options, options with a value, operands.
///
/// @param options letters, and long names without dashes
/// @param values of options that take one
record Arguments(Set<String> options, Map<String, String> values, List<String> operands) {

  /// @param line with the command's name first
  /// @param takeValue letters and long names that have a value
  static Arguments parse(List<String> line, Set<String> takeValue) {
    Set<String> options = new HashSet<>();
    Map<String, String> values = new HashMap<>();
    List<String> operands = new ArrayList<>();
    for (int at = 1; at < line.size(); at++) {
      String word = line.get(at);
      if (word.equals("--")) {
        operands.addAll(line.subList(at + 1, line.size()));
        break;
      }
      if (word.startsWith("--")) {
        String[] parts = word.substring(2).split("=", 2);
        boolean next = parts.length < 2 && takeValue.contains(parts[0]) && at + 1 < line.size();
        values.put(parts[0], parts.length == 2 ? parts[1] : next ? line.get(++at) : "");
        options.add(parts[0]);
      } else if (word.startsWith("-") && word.length() > 1) {
        at = letters(line, at, takeValue, options, values);
      } else {
        operands.add(word);
      }
    }
    return new Arguments(options, values, operands);
  }

  private static int letters(
      List<String> line,
      int at,
      Set<String> takeValue,
      Set<String> options,
      Map<String, String> values) {
    String word = line.get(at);
    for (int i = 1; i < word.length(); i++) {
      String letter = word.substring(i, i + 1);
      options.add(letter);
      if (takeValue.contains(letter)) {
        boolean inside = i + 1 < word.length();
        if (inside) {
          values.put(letter, word.substring(i + 1));
          return at;
        }
        values.put(letter, at + 1 < line.size() ? line.get(at + 1) : "");
        return at + 1;
      }
    }
    return at;
  }

  boolean has(String option) {
    return options.contains(option);
  }

  int number(String option, int usual) {
    String text = values.getOrDefault(option, "").replaceFirst("^[-+]", "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : usual;
  }
}
