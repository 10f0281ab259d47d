package dev.drydock.kubelet.program.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.terminal.LineEditor.Memory;
import dev.drydock.kubelet.program.terminal.Terminal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A shell at a terminal: prompt, line, command, again.
record Prompt(World world, Interpreter interpreter, ShellState state, Terminal terminal) {

  /// @return the exit code when the terminal has no more to say
  int run() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    while (true) {
      try {
        String line = ask(text.isEmpty() ? place() + " # " : "> ");
        if (line == null) {
          return state.status;
        }
        text.append(line).append('\n');
        Node node = Shell.parse(interpreter, text, world.streams());
        if (node != null) {
          text.setLength(0);
          interpreter.run(node, world.streams());
        }
      } catch (Terminal.Interrupted e) {
        text.setLength(0);
        state.status = Signal.INT.exitCode();
      }
    }
  }

  private @Nullable String ask(String prompt) throws IOException {
    world.out().write(prompt.getBytes(UTF_8));
    terminal.remembering(Memory.ON);
    try {
      return Lines.read(world.in());
    } finally {
      terminal.remembering(Memory.OFF);
    }
  }

  private String place() {
    String home = world.environment().getOrDefault("HOME", "");
    boolean below = !home.isEmpty() && (state.directory + "/").startsWith(home + "/");
    return below ? "~" + state.directory.substring(home.length()) : state.directory;
  }
}
