package dev.drydock.kubelet.program.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileErrors;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Programs;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sh`: a script from `-c`, from a file, or from standard input line by line.
public final class Shell implements Program {

  /// The names under which images know the shell.
  public static final class Family implements Programs.Family {
    @Override
    public Map<String, Program> programs() {
      Shell shell = new Shell();
      return Map.of("sh", shell, "ash", shell, "bash", shell, "dash", shell);
    }
  }

  @Override
  public int run(World world) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(world.arguments());
    String name = words.removeFirst();
    ShellState state = new ShellState(world.environment(), world.directory(), name);
    Interpreter interpreter = new Interpreter(world, state);
    boolean command = false;
    boolean interactive = false;
    while (!words.isEmpty() && words.getFirst().matches("-[a-zA-Z]+|--[a-z]*")) {
      String option = words.removeFirst();
      command |= option.startsWith("-") && !option.startsWith("--") && option.contains("c");
      interactive |= option.equals("-i");
      for (char letter : option.substring(1).toCharArray()) {
        if ("eux".indexOf(letter) >= 0 && !option.startsWith("--")) {
          state.options.add(letter);
        }
      }
      if (command) {
        break;
      }
    }
    try {
      Mode mode = command ? Mode.COMMAND : interactive ? Mode.INTERACTIVE : Mode.OTHER;
      int status = start(world, interpreter, state, words, mode);
      return leave(interpreter, state, world.streams(), status);
    } catch (Flow.Exit e) {
      return leave(interpreter, state, world.streams(), e.code);
    }
  }

  private enum Mode {
    COMMAND,
    INTERACTIVE,
    OTHER
  }

  private static int start(
      World world, Interpreter interpreter, ShellState state, List<String> words, Mode mode)
      throws IOException, InterruptedException {
    if (mode == Mode.COMMAND) {
      if (words.isEmpty()) {
        interpreter.complain(world.streams(), "-c requires an argument");
        return 2;
      }
      String script = words.removeFirst();
      if (!words.isEmpty()) {
        state.name = words.removeFirst();
        state.arguments = List.copyOf(words);
      }
      return interpreter.script(script, world.streams());
    }
    if (!words.isEmpty()) {
      String path = words.removeFirst();
      state.name = path;
      state.arguments = List.copyOf(words);
      return file(world, interpreter, path);
    }
    Terminal terminal = Terminal.behind(world.in()).orElse(null);
    if (terminal == null) {
      return lines(world, interpreter, state, mode);
    }
    world.onSignal(Signal.INT, () -> {});
    world.onSignal(Signal.TERM, () -> {});
    return new Prompt(world, interpreter, state, terminal).run();
  }

  private static int file(World world, Interpreter interpreter, String path)
      throws IOException, InterruptedException {
    String text;
    try {
      text = world.files().readText(world.path(path));
    } catch (IOException e) {
      interpreter.complain(world.streams(), "can't open '" + path + "': " + FileErrors.text(e));
      return 2;
    }
    return interpreter.script(text, world.streams());
  }

  private static int lines(World world, Interpreter interpreter, ShellState state, Mode mode)
      throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    while (true) {
      if (mode == Mode.INTERACTIVE) {
        String prompt = text.isEmpty() ? state.directory + " # " : "> ";
        world.err().write(prompt.getBytes(UTF_8));
      }
      String line = Lines.read(world.in());
      if (line == null) {
        return text.isEmpty() ? state.status : interpreter.script(text.toString(), world.streams());
      }
      text.append(line).append('\n');
      Node node = parse(interpreter, text, world.streams());
      if (node != null) {
        text.setLength(0);
        interpreter.run(node, world.streams());
      }
    }
  }

  /// @return null when more text is needed, or the text was thrown away
  static @Nullable Node parse(Interpreter interpreter, StringBuilder text, Streams streams)
      throws IOException {
    try {
      return Parser.parse(text.toString());
    } catch (SyntaxException e) {
      if (e.kind() == SyntaxException.Kind.WRONG) {
        text.setLength(0);
        interpreter.complain(streams, String.valueOf(e.getMessage()));
      }
      return null;
    }
  }

  private static int leave(Interpreter interpreter, ShellState state, Streams io, int status)
      throws IOException, InterruptedException {
    if (!state.exitTrap.isEmpty()) {
      String action = state.exitTrap;
      state.exitTrap = "";
      try {
        interpreter.script(action, io);
      } catch (Flow.Exit e) {
        return e.code;
      }
    }
    return status;
  }
}
