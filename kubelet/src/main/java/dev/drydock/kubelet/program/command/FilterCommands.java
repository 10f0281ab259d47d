package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Commands that change text on its way: `sed`, `cut`, `tr`.
final class FilterCommands {
  private FilterCommands() {}

  static Map<String, Program> all() {
    return Map.of("sed", FilterCommands::sed, "cut", FilterCommands::cut, "tr", FilterCommands::tr);
  }

  /// Only `s/…/…/[g]`, which is what people use.
  private static int sed(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("e"));
    List<String> operands = new ArrayList<>(arguments.operands());
    String script =
        arguments.values().containsKey("e")
            ? arguments.values().get("e")
            : operands.isEmpty() ? "" : operands.removeFirst();
    if (script.length() < 4 || script.charAt(0) != 's') {
      world.complain("sed: unsupported command " + script);
      return 1;
    }
    String[] parts = script.substring(2).split(Pattern.quote(script.substring(1, 2)), -1);
    if (parts.length < 3) {
      world.complain("sed: bad option in substitution expression");
      return 1;
    }
    Pattern pattern = Pattern.compile(parts[0].replace("\\(", "(").replace("\\)", ")"));
    String by = parts[1].replaceAll("\\\\([0-9])", "\\$$1").replace("&", "$0");
    return Inputs.each(
        world,
        operands,
        (_, content) ->
            TextCommands.print(
                world,
                Inputs.lines(content).stream()
                    .map(
                        line ->
                            parts[2].contains("g")
                                ? pattern.matcher(line).replaceAll(by)
                                : pattern.matcher(line).replaceFirst(by))
                    .toList()));
  }

  private static int cut(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("d", "f", "c"));
    String delimiter = arguments.values().getOrDefault("d", "\t");
    String list = arguments.values().getOrDefault("f", arguments.values().getOrDefault("c", "1"));
    boolean letters = arguments.has("c");
    return Inputs.each(
        world,
        arguments.operands(),
        (_, content) -> {
          for (String line : Inputs.lines(content)) {
            String[] parts = line.split(letters ? "" : Pattern.quote(delimiter), -1);
            world.print(chosen(parts, list, letters ? "" : delimiter));
          }
          return 0;
        });
  }

  private static String chosen(String[] parts, String list, String delimiter) {
    List<String> out = new ArrayList<>();
    for (String range : list.split(",", -1)) {
      int dash = range.indexOf('-');
      String first = dash < 0 ? range : range.substring(0, dash);
      String last = dash < 0 ? range : range.substring(dash + 1);
      int from = first.isEmpty() ? 1 : Integer.parseInt(first);
      int to = last.isEmpty() ? parts.length : Integer.parseInt(last);
      for (int i = from; i <= to && i <= parts.length; i++) {
        out.add(parts[i - 1]);
      }
    }
    return String.join(delimiter, out);
  }

  private static int tr(World world) throws IOException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    String from = arguments.operands().isEmpty() ? "" : set(arguments.operands().getFirst());
    String to = arguments.operands().size() < 2 ? "" : set(arguments.operands().get(1));
    String text = new String(world.in().readAllBytes(), UTF_8);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int at = from.indexOf(c);
      if (at < 0) {
        out.append(c);
      } else if (!arguments.has("d") && !to.isEmpty()) {
        out.append(to.charAt(Math.min(at, to.length() - 1)));
      }
    }
    world.out().write(out.toString().getBytes(UTF_8));
    return 0;
  }

  private static String set(String text) {
    String plain =
        TextCommands.unescaped(text)
            .replace("[:lower:]", "a-z")
            .replace("[:upper:]", "A-Z")
            .replace("[:digit:]", "0-9")
            .replace("[:space:]", " \t\n");
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      if (i + 2 < plain.length() && plain.charAt(i + 1) == '-') {
        for (char c = plain.charAt(i); c <= plain.charAt(i + 2); c++) {
          out.append(c);
        }
        i += 2;
      } else {
        out.append(plain.charAt(i));
      }
    }
    return out.toString();
  }
}
