package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The `awk` of one-liners: `/pattern/ {print $1 "text", $NF}` on lines split by `-F`.
final class Awk implements Program {
  private static final Pattern RULE =
      Pattern.compile(
          "\\s*(?:/((?:[^/\\\\]|\\\\.)*)/|(NR\\s*==\\s*[0-9]+))?\\s*(?:\\{(.*)})?\\s*",
          Pattern.DOTALL);
  private static final Pattern TERM =
      Pattern.compile("\\s*(?:\\$(NF|[0-9]+)|\"((?:[^\"\\\\]|\\\\.)*)\"|(NF|NR)|([0-9]+)|(,))\\s*");

  private record Rule(Pattern lines, int number, List<List<String>> prints) {}

  @Override
  public int run(World world) throws IOException, InterruptedException {
    List<String> operands = new ArrayList<>();
    String separator = " ";
    List<String> line = world.arguments();
    for (int i = 1; i < line.size(); i++) {
      if (line.get(i).equals("-F") && i + 1 < line.size()) {
        separator = line.get(++i);
      } else if (line.get(i).startsWith("-F")) {
        separator = line.get(i).substring(2);
      } else {
        operands.add(line.get(i));
      }
    }
    if (operands.isEmpty()) {
      world.complain("Usage: awk [-F SEP] 'PROGRAM' [FILE]...");
      return 1;
    }
    Rule rule;
    try {
      rule = parse(operands.getFirst());
    } catch (IllegalArgumentException e) {
      world.complain("awk: " + e.getMessage());
      return 1;
    }
    String split = separator;
    return Inputs.each(
        world,
        operands.subList(1, operands.size()),
        (_, content) -> {
          int number = 0;
          for (String text : Inputs.lines(content)) {
            apply(world, rule, text, split, ++number);
          }
          return 0;
        });
  }

  private static Rule parse(String program) {
    Matcher rule = RULE.matcher(program);
    if (!rule.matches()) {
      throw new IllegalArgumentException("cmd. line:1: Unexpected token");
    }
    List<List<String>> prints = new ArrayList<>();
    String body = group(rule, 3).isBlank() ? "print" : group(rule, 3);
    for (String statement : body.split(";", -1)) {
      String text = statement.strip();
      if (text.equals("print")) {
        prints.add(List.of("$0"));
      } else if (text.startsWith("print")) {
        prints.add(terms(text.substring("print".length())));
      } else if (!text.isEmpty()) {
        throw new IllegalArgumentException("cmd. line:1: Unexpected token");
      }
    }
    try {
      String number = "0" + group(rule, 2).replaceAll("[^0-9]", "");
      return new Rule(Pattern.compile(group(rule, 1)), Integer.parseInt(number), prints);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("cmd. line:1: bad regex", e);
    }
  }

  private static String group(Matcher matcher, int number) {
    String found = matcher.group(number);
    return found == null ? "" : found;
  }

  private static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    Matcher term = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!term.find(at) || term.start() != at) {
        throw new IllegalArgumentException("cmd. line:1: Unexpected token");
      }
      terms.add(term.group().strip());
      at = term.end();
    }
    return terms;
  }

  private static void apply(World world, Rule rule, String text, String separator, int number)
      throws IOException {
    if (!rule.lines().matcher(text).find() || (rule.number() > 0 && rule.number() != number)) {
      return;
    }
    String regex =
        separator.length() == 1 && !separator.equals(" ") ? Pattern.quote(separator) : separator;
    String[] fields =
        separator.equals(" ") ? text.strip().split("\\s+", -1) : text.split(regex, -1);
    for (List<String> print : rule.prints()) {
      StringBuilder out = new StringBuilder();
      for (String term : print) {
        out.append(value(term, text, fields, number));
      }
      world.print(out.toString());
    }
  }

  private static String value(String term, String text, String[] fields, int number) {
    return switch (term) {
      case "$0" -> text;
      case "," -> " ";
      case "NF" -> Integer.toString(fields.length);
      case "NR" -> Integer.toString(number);
      case "$NF" -> fields[fields.length - 1];
      default -> {
        if (term.startsWith("$")) {
          int field = Integer.parseInt(term.substring(1));
          yield field <= fields.length ? fields[field - 1] : "";
        }
        yield term.startsWith("\"")
            ? term.substring(1, term.length() - 1).translateEscapes()
            : term;
      }
    };
  }
}
