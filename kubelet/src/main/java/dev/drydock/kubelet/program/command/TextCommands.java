package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Commands on text: `echo`, `printf`, `head`, `wc`, `grep`, `sort`, `uniq`, `seq`.
final class TextCommands {
  private TextCommands() {}

  static Map<String, Program> all() {
    Map<String, Program> all = new TreeMap<>();
    all.put("echo", TextCommands::echo);
    all.put("printf", TextCommands::printf);
    all.put("head", TextCommands::head);
    all.put("wc", TextCommands::wc);
    all.put("grep", TextCommands::grep);
    all.put("egrep", TextCommands::grep);
    all.put("sort", TextCommands::sort);
    all.put("uniq", TextCommands::uniq);
    all.put("seq", TextCommands::seq);
    all.put("yes", TextCommands::yes);
    all.put("rev", world -> mapped(world, line -> new StringBuilder(line).reverse().toString()));
    return all;
  }

  private static int echo(World world) throws IOException {
    List<String> words = new ArrayList<>(world.arguments().subList(1, world.arguments().size()));
    boolean newline = true;
    boolean escapes = false;
    while (!words.isEmpty() && words.getFirst().matches("-[neE]+")) {
      String options = words.removeFirst();
      newline &= !options.contains("n");
      escapes |= options.contains("e");
    }
    String text = String.join(" ", words);
    String shown = escapes ? unescaped(text) : text;
    world.out().write((shown + (newline ? "\n" : "")).getBytes(UTF_8));
    return 0;
  }

  static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 >= text.length()) {
        out.append(c);
        continue;
      }
      char next = text.charAt(++i);
      switch (next) {
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case 'r' -> out.append('\r');
        case '\\' -> out.append('\\');
        default -> out.append('\\').append(next);
      }
    }
    return out.toString();
  }

  private static int printf(World world) throws IOException {
    List<String> words = world.arguments();
    if (words.size() < 2) {
      world.complain("printf: missing operand");
      return 1;
    }
    String format = unescaped(words.get(1));
    List<String> values = new ArrayList<>(words.subList(2, words.size()));
    StringBuilder out = new StringBuilder();
    do {
      Matcher matcher = Pattern.compile("%([-0-9.]*)([sdixc%])").matcher(format);
      StringBuilder once = new StringBuilder();
      boolean took = false;
      while (matcher.find()) {
        String value = "%";
        if (!matcher.group(2).equals("%")) {
          took = true;
          value = one(matcher, values.isEmpty() ? "" : values.removeFirst());
        }
        matcher.appendReplacement(once, Matcher.quoteReplacement(value));
      }
      matcher.appendTail(once);
      out.append(once);
      if (!took) {
        break;
      }
    } while (!values.isEmpty());
    world.out().write(out.toString().getBytes(UTF_8));
    return 0;
  }

  private static String one(Matcher matcher, String value) {
    String kind = matcher.group(2);
    if (kind.equals("s") || kind.equals("c")) {
      return String.format(Locale.ROOT, "%" + matcher.group(1) + "s", value);
    }
    long number = value.matches("-?[0-9]{1,18}") ? Long.parseLong(value) : 0;
    return String.format(
        Locale.ROOT, "%" + matcher.group(1) + (kind.equals("x") ? "x" : "d"), number);
  }

  private static int head(World world) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(world.arguments());
    if (line.size() > 1 && line.get(1).matches("-[0-9]+")) {
      line.set(1, "-n" + line.get(1).substring(1));
    }
    Arguments arguments = Arguments.parse(line, Set.of("n", "c"));
    if (arguments.has("c")) {
      int bytes = arguments.number("c", 0);
      return Inputs.each(
          world,
          arguments.operands(),
          (_, content) -> {
            world.out().write(content, 0, Math.min(bytes, content.length));
            return 0;
          });
    }
    int count = arguments.number("n", 10);
    if (arguments.operands().isEmpty()) {
      for (int i = 0; i < count; i++) {
        StringBuilder text = new StringBuilder();
        int c = world.in().read();
        for (; c >= 0 && c != '\n'; c = world.in().read()) {
          text.append((char) c);
        }
        if (c < 0 && text.isEmpty()) {
          break;
        }
        world.print(text.toString());
      }
      return 0;
    }
    return Inputs.each(
        world,
        arguments.operands(),
        (_, content) -> print(world, Inputs.lines(content).stream().limit(count).toList()));
  }

  static int print(World world, List<String> lines) throws IOException {
    for (String line : lines) {
      world.print(line);
    }
    return 0;
  }

  private static int wc(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    return Inputs.each(
        world,
        arguments.operands(),
        (name, content) -> {
          String text = new String(content, UTF_8);
          long lines = text.chars().filter(c -> c == '\n').count();
          long words = text.isBlank() ? 0 : text.strip().split("\\s+").length;
          List<String> shown = new ArrayList<>();
          boolean all = !arguments.has("l") && !arguments.has("w") && !arguments.has("c");
          if (all || arguments.has("l")) {
            shown.add(Long.toString(lines));
          }
          if (all || arguments.has("w")) {
            shown.add(Long.toString(words));
          }
          if (all || arguments.has("c")) {
            shown.add(Integer.toString(content.length));
          }
          world.print(String.join(" ", shown) + (name.equals("-") ? "" : " " + name));
          return 0;
        });
  }

  private static int grep(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("e", "m", "A", "B"));
    List<String> operands = new ArrayList<>(arguments.operands());
    String regex =
        arguments.values().containsKey("e")
            ? arguments.values().get("e")
            : operands.isEmpty() ? "" : operands.removeFirst();
    Pattern pattern;
    try {
      pattern =
          Pattern.compile(
              arguments.has("F") ? Pattern.quote(regex) : regex,
              arguments.has("i") ? Pattern.CASE_INSENSITIVE : 0);
    } catch (PatternSyntaxException e) {
      world.complain("grep: bad regex '" + regex + "'");
      return 2;
    }
    List<String> found = new ArrayList<>();
    int status =
        Inputs.each(
            world,
            operands,
            (name, content) -> {
              String prefix = operands.size() > 1 ? name + ":" : "";
              int number = 0;
              for (String line : Inputs.lines(content)) {
                number++;
                Matcher matcher = pattern.matcher(line);
                boolean whole = arguments.has("w") || arguments.has("x");
                boolean hit = whole ? isWord(line, regex) : matcher.find();
                if (hit != arguments.has("v")) {
                  String text = arguments.has("o") && hit ? matcher.group() : line;
                  found.add(prefix + (arguments.has("n") ? number + ":" : "") + text);
                }
              }
              return 0;
            });
    if (status != 0) {
      return 2;
    }
    if (arguments.has("c")) {
      world.print(Integer.toString(found.size()));
    } else if (!arguments.has("q")) {
      print(world, found);
    }
    return found.isEmpty() ? 1 : 0;
  }

  private static boolean isWord(String line, String regex) {
    return Pattern.compile("\\b" + regex + "\\b").matcher(line).find();
  }

  private interface OnLine {
    String apply(String line);
  }

  private static int mapped(World world, OnLine change) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    return Inputs.each(
        world,
        arguments.operands(),
        (_, content) -> print(world, Inputs.lines(content).stream().map(change::apply).toList()));
  }

  private static int sort(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of("k", "t"));
    List<String> lines = new ArrayList<>();
    int status =
        Inputs.each(
            world,
            arguments.operands(),
            (_, content) -> {
              lines.addAll(Inputs.lines(content));
              return 0;
            });
    Comparator<String> order =
        arguments.has("n")
            ? Comparator.comparingDouble(TextCommands::leading)
            : Comparator.naturalOrder();
    lines.sort(arguments.has("r") ? order.reversed() : order);
    print(world, arguments.has("u") ? lines.stream().distinct().toList() : lines);
    return status;
  }

  private static double leading(String line) {
    Matcher matcher = Pattern.compile("^\\s*(-?[0-9]+(\\.[0-9]+)?)").matcher(line);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }

  private static int uniq(World world) throws IOException, InterruptedException {
    Arguments arguments = Arguments.parse(world.arguments(), Set.of());
    return Inputs.each(
        world,
        arguments.operands(),
        (_, content) -> {
          List<String> lines = Inputs.lines(content);
          for (int start = 0, end; start < lines.size(); start = end) {
            end = start;
            while (end < lines.size() && lines.get(end).equals(lines.get(start))) {
              end++;
            }
            String count =
                arguments.has("c") ? String.format(Locale.ROOT, "%7d ", end - start) : "";
            world.print(count + lines.get(start));
          }
          return 0;
        });
  }

  private static int seq(World world) throws IOException {
    List<String> operands =
        world.arguments().stream().skip(1).filter(word -> word.matches("-?[0-9]{1,9}")).toList();
    if (operands.isEmpty()) {
      world.complain("seq: missing operand");
      return 1;
    }
    long first = operands.size() > 1 ? Long.parseLong(operands.getFirst()) : 1;
    long step = operands.size() > 2 ? Long.parseLong(operands.get(1)) : 1;
    long last = Long.parseLong(operands.getLast());
    for (long i = first; step > 0 ? i <= last : step < 0 && i >= last; i += step) {
      world.print(Long.toString(i));
    }
    return 0;
  }

  private static int yes(World world) throws IOException, InterruptedException {
    String word = world.arguments().size() > 1 ? world.arguments().get(1) : "y";
    while (true) {
      world.print(word);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
