package dev.drydock.kubelet.program.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.Task;
import dev.drydock.kubelet.program.World;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Commands that only the shell itself can do.
final class Builtins {
  private final World world;
  private final ShellState state;
  private final Interpreter interpreter;
  private final Map<String, Builtin> all = new HashMap<>();

  /// @see Interpreter#command
  interface Builtin {
    int run(List<String> words, Streams io) throws IOException, InterruptedException;
  }

  Builtins(World world, ShellState state, Interpreter interpreter) {
    this.world = world;
    this.state = state;
    this.interpreter = interpreter;
    all.put(":", (_, _) -> 0);
    all.put("true", (_, _) -> 0);
    all.put("false", (_, _) -> 1);
    all.put("exit", (words, _) -> exit(words));
    all.put("return", (words, _) -> leave(words));
    all.put("break", (words, _) -> breakOut(words));
    all.put("continue", (words, _) -> goOn(words));
    all.put("cd", this::cd);
    all.put("export", (words, io) -> export(words, io));
    all.put("readonly", (words, io) -> export(words, io));
    all.put("local", (words, _) -> assign(words));
    all.put("unset", (words, _) -> unset(words));
    all.put("set", this::set);
    all.put("shift", (words, _) -> shift(words));
    all.put("read", this::read);
    all.put("trap", (words, _) -> trap(words));
    all.put("eval", (words, io) -> interpreter.script(rest(words), io));
    all.put("exec", this::exec);
    all.put("wait", (words, io) -> await(words, io));
    all.put(".", this::source);
    all.put("source", this::source);
    all.put("command", this::command);
    all.put("type", this::type);
    all.put("umask", (_, _) -> 0);
  }

  Optional<Builtin> find(String name) {
    return Optional.ofNullable(all.get(name));
  }

  private static String rest(List<String> words) {
    return String.join(" ", words.subList(1, words.size()));
  }

  private int number(List<String> words, int usual) {
    return words.size() > 1 && words.get(1).matches("[0-9]{1,9}")
        ? Integer.parseInt(words.get(1))
        : usual;
  }

  private int exit(List<String> words) {
    throw new Flow.Exit(number(words, state.status) & 255);
  }

  private int leave(List<String> words) {
    throw new Flow.Return(number(words, state.status) & 255);
  }

  private int breakOut(List<String> words) {
    throw new Flow.Break(number(words, 1));
  }

  private int goOn(List<String> words) {
    throw new Flow.Continue(number(words, 1));
  }

  private int cd(List<String> words, Streams io) throws IOException {
    String target = words.size() < 2 ? state.variables.getOrDefault("HOME", "/") : words.get(1);
    if (target.equals("-")) {
      target = state.variables.getOrDefault("OLDPWD", state.directory);
    }
    String path = FileSystem.normal(state.directory, target);
    var info = world.files().stat(path);
    if (info.isEmpty() || !info.get().isDirectory()) {
      String why = info.isEmpty() ? "No such file or directory" : "Not a directory";
      interpreter.complain(io, "cd: can't cd to " + target + ": " + why);
      return 2;
    }
    state.variables.put("OLDPWD", state.directory);
    state.directory = path;
    return 0;
  }

  private int export(List<String> words, Streams io) throws IOException {
    if (words.size() == 1 || words.get(1).equals("-p")) {
      for (var entry : new TreeMap<>(state.environment()).entrySet()) {
        print(io, "export " + entry.getKey() + "='" + entry.getValue() + "'");
      }
      return 0;
    }
    assign(words);
    for (String word : words.subList(1, words.size())) {
      state.exported.add(word.split("=", 2)[0]);
    }
    return 0;
  }

  private int assign(List<String> words) {
    for (String word : words.subList(1, words.size())) {
      String[] parts = word.split("=", 2);
      if (parts.length == 2) {
        state.variables.put(parts[0], parts[1]);
      }
    }
    return 0;
  }

  private int unset(List<String> words) {
    for (String word : words.subList(1, words.size())) {
      state.variables.remove(word);
      state.exported.remove(word);
      state.functions.remove(word);
    }
    return 0;
  }

  private int set(List<String> words, Streams io) throws IOException {
    if (words.size() == 1) {
      for (var entry : new TreeMap<>(state.variables).entrySet()) {
        print(io, entry.getKey() + "='" + entry.getValue() + "'");
      }
      return 0;
    }
    int at = 1;
    while (at < words.size() && words.get(at).matches("[-+][a-z]+")) {
      boolean on = words.get(at).startsWith("-");
      for (char letter : words.get(at).substring(1).toCharArray()) {
        if (on) {
          state.options.add(letter);
        } else {
          state.options.remove(letter);
        }
      }
      at += words.get(at).endsWith("o") ? 2 : 1;
    }
    boolean list = at < words.size() && words.get(at).equals("--");
    if (list || at < words.size()) {
      state.arguments = List.copyOf(words.subList(list ? at + 1 : at, words.size()));
    }
    return 0;
  }

  private int shift(List<String> words) {
    int count = number(words, 1);
    if (count > state.arguments.size()) {
      return 1;
    }
    state.arguments = List.copyOf(state.arguments.subList(count, state.arguments.size()));
    return 0;
  }

  private int read(List<String> words, Streams io) throws IOException {
    List<String> names =
        words.subList(1, words.size()).stream().filter(word -> !word.startsWith("-")).toList();
    String line = Lines.read(io.in());
    if (line == null) {
      return 1;
    }
    List<String> targets = names.isEmpty() ? List.of("REPLY") : names;
    String[] parts = line.strip().split("[ \t]+", targets.size());
    for (int i = 0; i < targets.size(); i++) {
      state.variables.put(targets.get(i), i < parts.length ? parts[i] : "");
    }
    return 0;
  }

  private int trap(List<String> words) {
    if (words.size() < 3) {
      return 0;
    }
    String action = words.get(1);
    for (String name : words.subList(2, words.size())) {
      if (name.equals("EXIT") || name.equals("0")) {
        state.exitTrap = action.equals("-") ? "" : action;
        continue;
      }
      Optional<Signal> signal = Signal.of(name);
      if (signal.isPresent()) {
        set(signal.get(), action);
      }
    }
    return 0;
  }

  private void set(Signal signal, String action) {
    if (action.equals("-")) {
      state.traps.remove(signal);
      world.defaultSignal(signal);
      return;
    }
    state.traps.put(signal, action);
    Thread shell = Thread.currentThread();
    world.onSignal(
        signal,
        () -> {
          state.pending.add(signal);
          if (state.waiting) {
            shell.interrupt();
          }
        });
  }

  /// `wait`: a signal with a trap ends it.
  private int await(List<String> words, Streams io) throws IOException, InterruptedException {
    int status = 0;
    for (Task task : List.copyOf(state.background)) {
      if (words.size() > 1 && !words.contains(Integer.toString(task.pid()))) {
        continue;
      }
      state.waiting = true;
      try {
        status = task.await();
        state.background.remove(task);
      } catch (InterruptedException e) {
        Signal signal = state.pending.peek();
        if (signal == null) {
          throw e;
        }
        interpreter.runTraps(io);
        return signal.exitCode();
      } finally {
        state.waiting = false;
      }
    }
    return status;
  }

  private int exec(List<String> words, Streams io) throws IOException, InterruptedException {
    if (words.size() == 1) {
      return 0;
    }
    List<String> line = words.subList(1, words.size());
    var program = world.programs().find(line.getFirst());
    if (program.isEmpty()) {
      interpreter.complain(io, "exec: " + line.getFirst() + ": not found");
      throw new Flow.Exit(127);
    }
    throw new Flow.Exit(
        program
            .get()
            .run(
                world.as(
                    new ProcessTable.Launch(
                        program.get(), line, state.environment(), state.directory, io))));
  }

  private int source(List<String> words, Streams io) throws IOException, InterruptedException {
    if (words.size() < 2) {
      return 2;
    }
    String text;
    try {
      text = world.files().readText(FileSystem.normal(state.directory, words.get(1)));
    } catch (IOException e) {
      interpreter.complain(io, "can't open " + words.get(1) + ": " + FileErrors.text(e));
      return 2;
    }
    return interpreter.script(text, io);
  }

  private int command(List<String> words, Streams io) throws IOException, InterruptedException {
    if (words.size() > 2 && words.get(1).equals("-v")) {
      String name = words.get(2);
      boolean builtin = all.containsKey(name) || state.functions.containsKey(name);
      if (builtin || world.programs().find(name).isPresent()) {
        print(io, builtin ? name : "/bin/" + name);
        return 0;
      }
      return 127;
    }
    return words.size() < 2 ? 0 : interpreter.command(words.subList(1, words.size()), Map.of(), io);
  }

  private int type(List<String> words, Streams io) throws IOException {
    String name = words.size() < 2 ? "" : words.get(1);
    if (all.containsKey(name)) {
      print(io, name + " is a shell builtin");
    } else if (world.programs().find(name).isPresent()) {
      print(io, name + " is /bin/" + name);
    } else {
      print(io, name + ": not found");
      return 127;
    }
    return 0;
  }

  private static void print(Streams io, String line) throws IOException {
    io.out().write((line + "\n").getBytes(UTF_8));
  }
}
