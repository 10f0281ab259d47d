package dev.drydock.kubelet.program.shell;

import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What a shell remembers. Belongs to the shell's thread; a subshell has a copy.
final class ShellState {
  final Map<String, String> variables;
  final Set<String> exported;
  final Map<String, Node> functions;
  final Map<Signal, String> traps = new EnumMap<>(Signal.class);
  final Set<Character> options;
  final List<Task> background = new ArrayList<>();

  /// Signals that came and whose traps have not run yet.
  final Queue<Signal> pending = new ConcurrentLinkedQueue<>();

  List<String> arguments;
  String name;
  String directory;
  String exitTrap = "";
  int status;
  int lastBackground;

  /// Whether the shell waits for its children, and a signal may end that.
  volatile boolean waiting;

  ShellState(Map<String, String> environment, String directory, String name) {
    this.variables = new HashMap<>(environment);
    this.exported = new HashSet<>(environment.keySet());
    this.functions = new HashMap<>();
    this.options = new HashSet<>();
    this.arguments = List.of();
    this.directory = directory;
    this.name = name;
  }

  private ShellState(ShellState other) {
    this.variables = new HashMap<>(other.variables);
    this.exported = new HashSet<>(other.exported);
    this.functions = new HashMap<>(other.functions);
    this.options = new HashSet<>(other.options);
    this.arguments = other.arguments;
    this.directory = other.directory;
    this.name = other.name;
    this.status = other.status;
    this.lastBackground = other.lastBackground;
  }

  /// For a subshell: changes stay there; traps are not inherited.
  ShellState copy() {
    return new ShellState(this);
  }

  /// What a child process gets.
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String key : exported) {
      String value = variables.get(key);
      if (value != null) {
        environment.put(key, value);
      }
    }
    environment.put("PWD", directory);
    return environment;
  }
}
