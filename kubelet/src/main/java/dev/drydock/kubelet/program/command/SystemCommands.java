package dev.drydock.kubelet.program.command;

import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Task;
import dev.drydock.kubelet.program.User;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Commands on processes and the machine: `sleep`, `env`, `ps`, `kill`, `date`, `test`, `id`, …
final class SystemCommands {
  private static final Duration FOREVER = Duration.ofDays(36500);
  private static final Pattern TIME = Pattern.compile("([0-9]*\\.?[0-9]+)([smhd]?)");

  private SystemCommands() {}

  static Map<String, Program> all() {
    Map<String, Program> all = new TreeMap<>();
    all.put("true", _ -> 0);
    all.put("false", _ -> 1);
    all.put("sleep", SystemCommands::sleep);
    all.put("pwd", world -> say(world, world.directory()));
    all.put("hostname", SystemCommands::hostname);
    all.put("whoami", SystemCommands::whoami);
    all.put("id", SystemCommands::id);
    all.put("uname", SystemCommands::uname);
    all.put("nproc", world -> say(world, "4"));
    all.put("arch", world -> say(world, "x86_64"));
    all.put("date", SystemCommands::date);
    all.put("env", SystemCommands::env);
    all.put("printenv", SystemCommands::printenv);
    all.put("ps", SystemCommands::ps);
    all.put("kill", SystemCommands::kill);
    all.put("timeout", SystemCommands::timeout);
    all.put("test", SystemCommands::test);
    all.put("[", SystemCommands::test);
    all.put("[[", SystemCommands::test);
    all.put("basename", SystemCommands::basename);
    all.put("dirname", SystemCommands::dirname);
    all.put("which", SystemCommands::which);
    all.put("expr", SystemCommands::expr);
    all.put("perl", SystemCommands::perl);
    return all;
  }

  private static int say(World world, String line) throws IOException {
    world.print(line);
    return 0;
  }

  private static String operand(World world, int index) {
    return index < world.arguments().size() ? world.arguments().get(index) : "";
  }

  private static int sleep(World world) throws IOException, InterruptedException {
    if (world.arguments().size() < 2) {
      world.complain("sleep: missing operand");
      return 1;
    }
    Duration whole = Duration.ZERO;
    for (String text : world.arguments().subList(1, world.arguments().size())) {
      Optional<Duration> one = time(text);
      if (one.isEmpty()) {
        world.complain("sleep: invalid number '" + text + "'");
        return 1;
      }
      whole = whole.plus(one.get());
    }
    world.sleep(whole.compareTo(FOREVER) > 0 ? FOREVER : whole);
    return 0;
  }

  private static Optional<Duration> time(String text) {
    if (text.equals("infinity") || text.equals("inf")) {
      return Optional.of(FOREVER);
    }
    Matcher match = TIME.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    long unit =
        switch (match.group(2)) {
          case "m" -> 60;
          case "h" -> 3600;
          case "d" -> 86400;
          default -> 1;
        };
    BigDecimal millis = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(unit * 1000));
    BigDecimal most = BigDecimal.valueOf(FOREVER.toMillis());
    return Optional.of(Duration.ofMillis(millis.min(most).longValue()));
  }

  private static int hostname(World world) throws IOException {
    return operand(world, 1).matches("-[iI]")
        ? say(world, world.network().address())
        : say(world, world.identity().hostname());
  }

  private static int whoami(World world) throws IOException {
    User user = world.user();
    if (user.name().isEmpty()) {
      world.complain("whoami: unknown uid " + user.uid());
      return 1;
    }
    return say(world, user.name());
  }

  private static int id(World world) throws IOException {
    User user = world.user();
    String group = user.gid() == 0 ? "0(root)" : Long.toString(user.gid());
    String name = user.name().isEmpty() ? "" : "(" + user.name() + ")";
    return switch (operand(world, 1)) {
      case "-u" -> say(world, Long.toString(user.uid()));
      case "-g", "-G" -> say(world, Long.toString(user.gid()));
      default -> say(world, "uid=" + user.uid() + name + " gid=" + group + " groups=" + group);
    };
  }

  private static int uname(World world) throws IOException {
    return switch (operand(world, 1)) {
      case "-a" ->
          say(
              world,
              "Linux " + world.identity().hostname() + " 6.12.0-drydock #1 SMP x86_64 GNU/Linux");
      case "-r" -> say(world, "6.12.0-drydock");
      case "-m" -> say(world, "x86_64");
      case "-n" -> say(world, world.identity().hostname());
      default -> say(world, "Linux");
    };
  }

  private static int date(World world) throws IOException {
    List<String> words = world.arguments();
    String last = words.getLast();
    String pattern =
        last.startsWith("+") ? last.substring(1) : words.contains("-Iseconds") ? "%FT%TZ" : "";
    var now = world.clock().instant().atZone(ZoneOffset.UTC);
    if (pattern.isEmpty()) {
      return say(
          world,
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss 'UTC' yyyy", Locale.ROOT).format(now));
    }
    Map<String, String> fields =
        Map.of(
            "%s", Long.toString(now.toEpochSecond()),
            "%N", String.format(Locale.ROOT, "%09d", now.getNano()),
            "%F", DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).format(now),
            "%T", DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(now),
            "%Y", DateTimeFormatter.ofPattern("yyyy", Locale.ROOT).format(now),
            "%m", DateTimeFormatter.ofPattern("MM", Locale.ROOT).format(now),
            "%d", DateTimeFormatter.ofPattern("dd", Locale.ROOT).format(now),
            "%H", DateTimeFormatter.ofPattern("HH", Locale.ROOT).format(now),
            "%M", DateTimeFormatter.ofPattern("mm", Locale.ROOT).format(now),
            "%S", DateTimeFormatter.ofPattern("ss", Locale.ROOT).format(now));
    String text = pattern;
    for (var field : fields.entrySet()) {
      text = text.replace(field.getKey(), field.getValue());
    }
    return say(world, text);
  }

  private static int env(World world) throws IOException, InterruptedException {
    Map<String, String> environment = new LinkedHashMap<>(world.environment());
    List<String> words = new ArrayList<>(world.arguments().subList(1, world.arguments().size()));
    while (!words.isEmpty() && words.getFirst().contains("=")) {
      String[] pair = words.removeFirst().split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    if (words.isEmpty()) {
      for (var entry : environment.entrySet()) {
        world.print(entry.getKey() + "=" + entry.getValue());
      }
      return 0;
    }
    return run(world, words, environment);
  }

  /// Runs another command in a process of its own and waits for it.
  private static int run(World world, List<String> words, Map<String, String> environment)
      throws IOException, InterruptedException {
    Optional<Program> program = world.programs().find(words.getFirst());
    if (program.isEmpty()) {
      world.complain(
          world.arguments().getFirst()
              + ": can't execute '"
              + words.getFirst()
              + "': No such file or directory");
      return 127;
    }
    Task task =
        world.spawn(
            new ProcessTable.Launch(
                program.get(), words, environment, world.directory(), world.streams()));
    try {
      return task.await();
    } catch (InterruptedException e) {
      task.signal(Signal.KILL);
      throw e;
    }
  }

  private static int printenv(World world) throws IOException, InterruptedException {
    if (world.arguments().size() < 2) {
      return env(world);
    }
    int status = 0;
    for (String name : world.arguments().subList(1, world.arguments().size())) {
      String value = world.environment().get(name);
      if (value == null) {
        status = 1;
      } else {
        world.print(value);
      }
    }
    return status;
  }

  private static int ps(World world) throws IOException {
    world.print("PID   USER     TIME  COMMAND");
    for (Task task : world.processes().list()) {
      world.print(
          String.format(
              Locale.ROOT, "%5d root      0:00 %s", task.pid(), String.join(" ", task.command())));
    }
    return 0;
  }

  private static int kill(World world) throws IOException {
    Signal signal = Signal.TERM;
    int status = 0;
    List<String> words = new ArrayList<>(world.arguments().subList(1, world.arguments().size()));
    if (!words.isEmpty() && words.getFirst().startsWith("-")) {
      String name = words.removeFirst().substring(1);
      if (name.equals("s") && !words.isEmpty()) {
        name = words.removeFirst();
      }
      Optional<Signal> wanted = Signal.of(name);
      if (wanted.isEmpty()) {
        world.complain("kill: bad signal name '" + name + "'");
        return 1;
      }
      signal = wanted.get();
    }
    for (String word : words) {
      Optional<Task> task =
          word.matches("[0-9]{1,9}")
              ? world.processes().find(Integer.parseInt(word))
              : Optional.empty();
      if (task.isEmpty()) {
        world.complain("kill: can't kill pid " + word + ": No such process");
        status = 1;
      } else if (task.get().pid() != 1 || signal != Signal.KILL) {
        task.get().signal(signal);
      }
    }
    return status;
  }

  private static int timeout(World world) throws IOException, InterruptedException {
    List<String> words = world.arguments().stream().skip(1).filter(w -> !w.equals("-t")).toList();
    Optional<Duration> limit = words.isEmpty() ? Optional.empty() : time(words.getFirst());
    if (limit.isEmpty() || words.size() < 2) {
      world.complain("timeout: invalid number");
      return 1;
    }
    List<String> line = words.subList(1, words.size());
    Optional<Program> program = world.programs().find(line.getFirst());
    if (program.isEmpty()) {
      world.complain("timeout: can't execute '" + line.getFirst() + "'");
      return 127;
    }
    Task task =
        world.spawn(
            new ProcessTable.Launch(
                program.get(), line, world.environment(), world.directory(), world.streams()));
    var timer = world.timers().after(limit.get(), () -> task.signal(Signal.TERM));
    try {
      return task.await();
    } finally {
      timer.cancel();
    }
  }

  private static int test(World world) throws IOException {
    List<String> words = new ArrayList<>(world.arguments());
    String name = words.removeFirst();
    if (name.startsWith("[")) {
      String end = name.equals("[") ? "]" : "]]";
      if (words.isEmpty() || !words.removeLast().equals(end)) {
        world.complain("[: missing " + end);
        return 2;
      }
    }
    try {
      return new TestExpression(world, words).value() ? 0 : 1;
    } catch (IllegalArgumentException e) {
      world.complain(name + ": " + e.getMessage());
      return 2;
    }
  }

  private static int basename(World world) throws IOException {
    String path = operand(world, 1).replaceFirst("/+$", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    String suffix = operand(world, 2);
    boolean cut = !suffix.isEmpty() && name.endsWith(suffix);
    return say(world, cut ? name.substring(0, name.length() - suffix.length()) : name);
  }

  private static int dirname(World world) throws IOException {
    String path = operand(world, 1);
    int slash = path.lastIndexOf('/');
    return say(world, slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash));
  }

  private static int which(World world) throws IOException {
    String name = operand(world, 1);
    return world.programs().find(name).isPresent() ? say(world, "/bin/" + name) : 1;
  }

  private static int expr(World world) throws IOException {
    String left = operand(world, 1);
    String right = operand(world, 3);
    if (!left.matches("-?[0-9]{1,18}") || !right.matches("-?[0-9]{1,18}")) {
      return say(world, Integer.toString(left.equals(right) ? 1 : 0));
    }
    long a = Long.parseLong(left);
    long b = Long.parseLong(right);
    boolean byZero = b == 0 && operand(world, 2).matches("[/%]");
    if (byZero) {
      world.complain("expr: division by zero");
      return 2;
    }
    long value =
        switch (operand(world, 2)) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          case "%" -> a % b;
          case "<" -> a < b ? 1 : 0;
          case ">" -> a > b ? 1 : 0;
          default -> a == b ? 1 : 0;
        };
    return say(world, Long.toString(value));
  }

  /// What Kubernetes' example Job asks of Perl: digits of pi. Anything else only ends well.
  private static int perl(World world) throws IOException, InterruptedException {
    Matcher match =
        Pattern.compile("bpi\\(([0-9]{1,4})\\)").matcher(String.join(" ", world.arguments()));
    if (match.find()) {
      world.sleep(Duration.ofSeconds(3));
      return say(world, pi(Integer.parseInt(match.group(1))));
    }
    return 0;
  }

  static String pi(int digits) {
    int scale = digits + 10;
    BigDecimal pi =
        arctan(5, scale)
            .multiply(BigDecimal.valueOf(16))
            .subtract(arctan(239, scale).multiply(BigDecimal.valueOf(4)));
    return pi.setScale(Math.max(0, digits - 1), RoundingMode.HALF_UP).toPlainString();
  }

  private static BigDecimal arctan(int inverse, int scale) {
    BigDecimal x = BigDecimal.ONE.divide(BigDecimal.valueOf(inverse), scale, RoundingMode.DOWN);
    BigDecimal square = BigDecimal.valueOf((long) inverse * inverse);
    BigDecimal sum = x;
    BigDecimal power = x;
    for (int i = 1; power.signum() != 0; i++) {
      power = power.divide(square, scale, RoundingMode.DOWN);
      BigDecimal term = power.divide(BigDecimal.valueOf(2L * i + 1), scale, RoundingMode.DOWN);
      sum = i % 2 == 0 ? sum.add(term) : sum.subtract(term);
    }
    return sum;
  }
}
