package dev.drydock.kubelet.program.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.shell.Word.Quoting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/// From words to texts: variables, commands, arithmetic, splitting, file names.
final class Expander {
  private final World world;
  private final ShellState state;
  private final Substitution substitution;

  /// Runs a script for its output.
  interface Substitution {
    void run(String script, Streams streams) throws IOException, InterruptedException;
  }

  Expander(World world, ShellState state, Substitution substitution) {
    this.world = world;
    this.state = state;
    this.substitution = substitution;
  }

  /// All fields of a list of words.
  List<String> fields(List<Word> words, Streams io) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    for (Word word : words) {
      all.addAll(fields(word, io));
    }
    return all;
  }

  /// One text: nothing is split.
  String text(Word word, Streams io) throws IOException, InterruptedException {
    StringBuilder out = new StringBuilder();
    for (Word.Part part : word.parts()) {
      out.append(value(part, io));
    }
    String text = out.toString();
    boolean home = text.equals("~") || text.startsWith("~/");
    return home && !word.isQuoted() ? home() + text.substring(1) : text;
  }

  /// A pattern: what was quoted stands for itself.
  String pattern(Word word, Streams io) throws IOException, InterruptedException {
    StringBuilder out = new StringBuilder();
    for (Word.Part part : word.parts()) {
      String value = value(part, io);
      out.append(part.quoting() == Quoting.QUOTED ? literal(value) : value);
    }
    return out.toString();
  }

  private static String literal(String text) {
    return text.replaceAll("([*?\\[])", "[$1]");
  }

  private List<String> fields(Word word, Streams io) throws IOException, InterruptedException {
    if (word.parts().size() == 1
        && word.parts().getFirst() instanceof Word.Parameter parameter
        && parameter.name().equals("@")
        && parameter.operator().isEmpty()) {
      return state.arguments;
    }
    Fields fields = new Fields();
    for (Word.Part part : word.parts()) {
      String value = value(part, io);
      if (part instanceof Word.Literal && part.quoting() == Quoting.NONE) {
        boolean start = fields.isEmpty() && (value.equals("~") || value.startsWith("~/"));
        fields.plain(start ? home() + value.substring(1) : value);
      } else if (part.quoting() == Quoting.QUOTED) {
        fields.quoted(value);
      } else {
        fields.split(value);
      }
    }
    return fields.list(this::fileNames);
  }

  private String home() {
    return state.variables.getOrDefault("HOME", "/");
  }

  private String value(Word.Part part, Streams io) throws IOException, InterruptedException {
    return switch (part) {
      case Word.Literal(String text, Quoting _) -> text;
      case Word.Parameter parameter -> parameter(parameter, io);
      case Word.Command(String script, Quoting _) -> output(script, io);
      case Word.Arithmetic(Word expression, Quoting _) ->
          Long.toString(
              new ArithmeticRules(text(expression, io), this::variable, state.variables::put)
                  .value());
    };
  }

  private String output(String script, Streams io) throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    substitution.run(script, io.withOut(out));
    return out.toString(UTF_8).replaceFirst("\n+$", "");
  }

  private boolean isSet(String name) {
    if (name.matches("[0-9]+")) {
      return Integer.parseInt(name) <= state.arguments.size();
    }
    return state.variables.containsKey(name) || "?$!@*#-".contains(name);
  }

  String variable(String name) {
    return switch (name) {
      case "?" -> Integer.toString(state.status);
      case "$" -> Integer.toString(world.task().pid());
      case "!" -> state.lastBackground == 0 ? "" : Integer.toString(state.lastBackground);
      case "#" -> Integer.toString(state.arguments.size());
      case "@", "*" -> String.join(" ", state.arguments);
      case "-" -> "";
      case "0" -> state.name;
      case "PWD" -> state.directory;
      case "RANDOM" -> Long.toString(Math.floorMod(world.clock().millis() * 7919, 32768));
      default -> {
        if (name.matches("[0-9]+")) {
          int index = Integer.parseInt(name);
          yield index <= state.arguments.size() ? state.arguments.get(index - 1) : "";
        }
        if (state.options.contains('u') && !state.variables.containsKey(name)) {
          throw new SyntaxException(SyntaxException.Kind.WRONG, name + ": parameter not set");
        }
        yield state.variables.getOrDefault(name, "");
      }
    };
  }

  private String parameter(Word.Parameter part, Streams io)
      throws IOException, InterruptedException {
    String name = part.name();
    String operator = part.operator();
    boolean usable = isSet(name) && (!operator.startsWith(":") || !variable(name).isEmpty());
    return switch (operator) {
      case "" -> variable(name);
      case "length" -> Integer.toString(variable(name).length());
      case "-", ":-" -> usable ? variable(name) : text(part.argument(), io);
      case "+", ":+" -> usable ? text(part.argument(), io) : "";
      case "=", ":=" -> {
        if (!usable) {
          state.variables.put(name, text(part.argument(), io));
        }
        yield variable(name);
      }
      case "?", ":?" -> {
        if (!usable) {
          String message = text(part.argument(), io);
          throw new SyntaxException(
              SyntaxException.Kind.WRONG,
              name + ": " + (message.isEmpty() ? "parameter not set" : message));
        }
        yield variable(name);
      }
      case ":" -> slice(variable(name), text(part.argument(), io));
      default -> trimmed(variable(name), operator, text(part.argument(), io));
    };
  }

  private static String slice(String value, String range) {
    String[] parts = range.split(":", 2);
    int from = Integer.parseInt(parts[0].strip());
    int start = Math.clamp(from < 0 ? value.length() + from : from, 0, value.length());
    int end =
        parts.length < 2
            ? value.length()
            : Math.clamp(start + Integer.parseInt(parts[1].strip()), start, value.length());
    return value.substring(start, end);
  }

  private static String trimmed(String value, String operator, String pattern) {
    return switch (operator) {
      case "#" -> withoutPrefix(value, pattern, 0, 1);
      case "##" -> withoutPrefix(value, pattern, value.length(), -1);
      case "%" -> withoutSuffix(value, pattern, value.length(), -1);
      case "%%" -> withoutSuffix(value, pattern, 0, 1);
      default -> replaced(value, operator, pattern);
    };
  }

  private static String withoutPrefix(String value, String pattern, int from, int step) {
    for (int end = from; end >= 0 && end <= value.length(); end += step) {
      if (Glob.matches(pattern, value.substring(0, end))) {
        return value.substring(end);
      }
    }
    return value;
  }

  private static String withoutSuffix(String value, String pattern, int from, int step) {
    for (int start = from; start >= 0 && start <= value.length(); start += step) {
      if (Glob.matches(pattern, value.substring(start))) {
        return value.substring(0, start);
      }
    }
    return value;
  }

  private static String replaced(String value, String operator, String argument) {
    int slash = argument.indexOf('/');
    String pattern = slash < 0 ? argument : argument.substring(0, slash);
    String by = Matcher.quoteReplacement(slash < 0 ? "" : argument.substring(slash + 1));
    var matcher = Glob.compile(pattern).matcher(value);
    return operator.equals("//") ? matcher.replaceAll(by) : matcher.replaceFirst(by);
  }

  /// The files that a pattern names; the pattern itself when there are none.
  private List<String> fileNames(String pattern) {
    List<String> found = new ArrayList<>();
    search(pattern.startsWith("/") ? "/" : "", pattern.replaceFirst("^/+", ""), found);
    return found.isEmpty() ? List.of(pattern) : found;
  }

  private void search(String prefix, String rest, List<String> found) {
    int slash = rest.indexOf('/');
    String head = slash < 0 ? rest : rest.substring(0, slash);
    String tail = slash < 0 ? "" : rest.substring(slash + 1);
    String directory = FileSystem.normal(state.directory, prefix.isEmpty() ? "." : prefix);
    try {
      for (String name : world.files().list(directory)) {
        boolean hidden = name.startsWith(".") && !head.startsWith(".");
        if (!hidden && Glob.matches(head, name)) {
          if (tail.isEmpty()) {
            found.add(prefix + name);
          } else {
            search(prefix + name + "/", tail, found);
          }
        }
      }
    } catch (IOException e) {
      // A directory that can't be listed holds nothing that matches.
    }
  }
}
