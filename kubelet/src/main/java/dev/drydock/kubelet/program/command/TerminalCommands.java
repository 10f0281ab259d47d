package dev.drydock.kubelet.program.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.terminal.Terminal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Commands about the terminal: `tty`, `stty`, `clear`, `reset`.
final class TerminalCommands {
  private TerminalCommands() {}

  static Map<String, Program> all() {
    Map<String, Program> all = new TreeMap<>();
    all.put("tty", TerminalCommands::tty);
    all.put("stty", TerminalCommands::stty);
    all.put("clear", TerminalCommands::clear);
    all.put("reset", TerminalCommands::clear);
    return all;
  }

  private static int tty(World world) throws IOException {
    boolean is = Terminal.behind(world.in()).isPresent();
    world.print(is ? "/dev/pts/0" : "not a tty");
    return is ? 0 : 1;
  }

  private static int stty(World world) throws IOException {
    Optional<Terminal> terminal = Terminal.behind(world.in());
    if (terminal.isEmpty()) {
      world.complain("stty: standard input: Not a tty");
      return 1;
    }
    Terminal.Size size = terminal.get().size();
    List<String> words = world.arguments();
    if (words.contains("size")) {
      world.print(size.rows() + " " + size.columns());
    } else if (words.size() == 1 || words.contains("-a")) {
      world.print(
          "speed 38400 baud; rows " + size.rows() + "; columns " + size.columns() + "; line = 0;");
    }
    return 0;
  }

  private static int clear(World world) throws IOException {
    world.out().write("\033[H\033[J".getBytes(US_ASCII));
    return 0;
  }
}
