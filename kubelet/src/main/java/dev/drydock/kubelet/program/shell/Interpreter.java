package dev.drydock.kubelet.program.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.BytePipe;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.Task;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.shell.Node.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs parsed scripts in one shell process.
final class Interpreter {
  private static final int NOT_FOUND = 127;

  private final World world;
  private final ShellState state;
  private final Expander expander;
  private final Redirects redirects;
  private final Builtins builtins;

  Interpreter(World world, ShellState state) {
    this.world = world;
    this.state = state;
    this.expander = new Expander(world, state, this::substitute);
    this.redirects = new Redirects(world, state, expander);
    this.builtins = new Builtins(world, state, this);
  }

  /// Reads and runs a script; a syntax error is complained of and gives 2.
  int script(String text, Streams io) throws IOException, InterruptedException {
    try {
      return run(Parser.parse(text), io);
    } catch (SyntaxException e) {
      complain(io, String.valueOf(e.getMessage()));
      state.status = 2;
      return 2;
    }
  }

  int run(Node node, Streams io) throws IOException, InterruptedException {
    int status =
        switch (node) {
          case Node.Simple simple -> simple(simple, io);
          case Node.Pipeline pipeline -> pipeline(pipeline, io);
          case Node.AndOr(Node left, Condition when, Node right) -> {
            int first = run(left, io);
            yield (first == 0) == (when == Condition.SUCCESS) ? run(right, io) : first;
          }
          case Node.Sequence(List<Node> parts) -> sequence(parts, io);
          case Node.Background(Node body) -> background(body, io);
          case Node.If(Node condition, Node then, Node otherwise) ->
              run(condition, io) == 0 ? run(then, io) : clear(otherwise, io);
          case Node.Loop loop -> loop(loop, io);
          case Node.For each -> each(each, io);
          case Node.Case choice -> choice(choice, io);
          case Node.Group group -> group(group, io);
          case Node.Function(String name, Node body) -> {
            state.functions.put(name, body);
            yield 0;
          }
        };
    state.status = status;
    runTraps(io);
    return status;
  }

  private int clear(Node otherwise, Streams io) throws IOException, InterruptedException {
    state.status = 0;
    return run(otherwise, io);
  }

  private int sequence(List<Node> parts, Streams io) throws IOException, InterruptedException {
    int status = 0;
    for (Node part : parts) {
      status = run(part, io);
      boolean guarded = part instanceof Node.AndOr || part instanceof Node.Pipeline;
      if (status != 0 && state.options.contains('e') && !guarded) {
        throw new Flow.Exit(status);
      }
    }
    return status;
  }

  /// Runs the traps of signals that have come.
  void runTraps(Streams io) throws IOException, InterruptedException {
    for (Signal signal = state.pending.poll(); signal != null; signal = state.pending.poll()) {
      String action = state.traps.get(signal);
      if (action != null && !action.isEmpty()) {
        int before = state.status;
        script(action, io);
        state.status = before;
      }
    }
  }

  private int group(Node.Group group, Streams io) throws IOException, InterruptedException {
    Streams inside;
    try {
      inside = redirects.apply(group.redirects(), io);
    } catch (IOException e) {
      complain(io, String.valueOf(e.getMessage()));
      return 1;
    }
    if (group.scope() == Node.Scope.SAME) {
      return run(group.body(), inside);
    }
    return new Interpreter(world, state.copy()).contained(group.body(), inside);
  }

  /// Runs it so that `exit` ends only this.
  private int contained(Node body, Streams io) throws IOException, InterruptedException {
    try {
      return run(body, io);
    } catch (Flow.Exit e) {
      return e.code;
    } catch (Flow.Return e) {
      return e.code;
    }
  }

  private void substitute(String script, Streams io) throws IOException, InterruptedException {
    Interpreter inner = new Interpreter(world, state.copy());
    try {
      state.status = inner.script(script, io);
    } catch (Flow.Exit e) {
      state.status = e.code;
    }
  }

  private int loop(Node.Loop loop, Streams io) throws IOException, InterruptedException {
    int status = 0;
    while ((run(loop.test(), io) == 0) == (loop.goesOn() == Condition.SUCCESS)) {
      breathe();
      try {
        status = run(loop.body(), io);
      } catch (Flow.Break e) {
        if (e.levels > 1) {
          throw new Flow.Break(e.levels - 1);
        }
        return 0;
      } catch (Flow.Continue e) {
        if (e.levels > 1) {
          throw new Flow.Continue(e.levels - 1);
        }
      }
    }
    return status;
  }

  /// A loop that does nothing but count must not hold a carrier thread for ever, and must notice
  /// that it was killed.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void breathe() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Thread.yield();
  }

  private int each(Node.For each, Streams io) throws IOException, InterruptedException {
    int status = 0;
    for (String value : expander.fields(each.values(), io)) {
      breathe();
      state.variables.put(each.variable(), value);
      try {
        status = run(each.body(), io);
      } catch (Flow.Break e) {
        if (e.levels > 1) {
          throw new Flow.Break(e.levels - 1);
        }
        return 0;
      } catch (Flow.Continue e) {
        if (e.levels > 1) {
          throw new Flow.Continue(e.levels - 1);
        }
      }
    }
    return status;
  }

  private int choice(Node.Case choice, Streams io) throws IOException, InterruptedException {
    String subject = expander.text(choice.subject(), io);
    for (Node.Choice one : choice.choices()) {
      for (Word pattern : one.patterns()) {
        if (Glob.matches(expander.pattern(pattern, io), subject)) {
          return run(one.body(), io);
        }
      }
    }
    return 0;
  }

  private int background(Node body, Streams io) {
    Task task = spawnSubshell(body, io.withIn(InputStream.nullInputStream()));
    state.background.add(task);
    state.lastBackground = task.pid();
    return 0;
  }

  private Task spawnSubshell(Node body, Streams io) {
    ShellState copy = state.copy();
    Program program = inner -> new Interpreter(inner, copy).contained(body, inner.streams());
    return world.spawn(
        new ProcessTable.Launch(
            program, List.of(state.name), state.environment(), state.directory, io));
  }

  private int pipeline(Node.Pipeline pipeline, Streams io)
      throws IOException, InterruptedException {
    int status =
        pipeline.stages().size() == 1
            ? run(pipeline.stages().getFirst(), io)
            : piped(pipeline.stages(), io);
    return pipeline.sense() == Node.Sense.AS_IS ? status : status == 0 ? 1 : 0;
  }

  private int piped(List<Node> stages, Streams io) throws InterruptedException {
    List<Task> tasks = new ArrayList<>();
    InputStream in = io.in();
    for (int i = 0; i < stages.size(); i++) {
      Node stage = stages.get(i);
      BytePipe pipe = new BytePipe();
      boolean last = i == stages.size() - 1;
      Streams streams = last ? io.withIn(in) : io.withIn(in).withOut(pipe.output());
      InputStream from = in;
      boolean first = i == 0;
      ShellState copy = state.copy();
      Program program =
          inner -> {
            try {
              return new Interpreter(inner, copy).contained(stage, inner.streams());
            } finally {
              pipe.end();
              if (!first) {
                from.close();
              }
            }
          };
      tasks.add(
          world.spawn(
              new ProcessTable.Launch(
                  program, List.of(state.name), state.environment(), state.directory, streams)));
      in = pipe.input();
    }
    int status = 0;
    for (Task task : tasks) {
      status = await(task);
    }
    return status;
  }

  /// Waits for a child; when this shell is killed, so is the child.
  private static int await(Task task) throws InterruptedException {
    try {
      return task.await();
    } catch (InterruptedException e) {
      task.signal(Signal.KILL);
      throw e;
    }
  }

  private int simple(Node.Simple simple, Streams io) throws IOException, InterruptedException {
    try {
      List<String> words = expander.fields(simple.words(), io);
      Streams streams = redirects.apply(simple.redirects(), io);
      if (words.isEmpty()) {
        int status = 0;
        for (Node.Assignment assignment : simple.assignments()) {
          state.status = 0;
          state.variables.put(assignment.name(), expander.text(assignment.value(), io));
          status = state.status;
        }
        return status;
      }
      Map<String, String> extra = new LinkedHashMap<>();
      for (Node.Assignment assignment : simple.assignments()) {
        extra.put(assignment.name(), expander.text(assignment.value(), io));
      }
      if (state.options.contains('x')) {
        io.err().write(("+ " + String.join(" ", words) + "\n").getBytes(UTF_8));
      }
      return command(words, extra, streams);
    } catch (SyntaxException e) {
      complain(io, String.valueOf(e.getMessage()));
      throw new Flow.Exit(2);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      if ("Broken pipe".equals(e.getMessage())) {
        throw e;
      }
      complain(io, String.valueOf(e.getMessage()));
      return 1;
    }
  }

  /// Runs a command by its words: function, built-in, program.
  int command(List<String> words, Map<String, String> extra, Streams io)
      throws IOException, InterruptedException {
    Node function = state.functions.get(words.getFirst());
    if (function != null) {
      return call(function, words, io);
    }
    Optional<Builtins.Builtin> builtin = builtins.find(words.getFirst());
    if (builtin.isPresent()) {
      state.variables.putAll(extra);
      return builtin.get().run(words, io);
    }
    return external(words, extra, io);
  }

  private int call(Node function, List<String> words, Streams io)
      throws IOException, InterruptedException {
    List<String> before = state.arguments;
    state.arguments = List.copyOf(words.subList(1, words.size()));
    try {
      return run(function, io);
    } catch (Flow.Return e) {
      return e.code;
    } finally {
      state.arguments = before;
    }
  }

  private int external(List<String> words, Map<String, String> extra, Streams io)
      throws IOException, InterruptedException {
    String name = words.getFirst();
    Optional<Program> program = world.programs().find(name);
    if (program.isEmpty() || name.contains("/")) {
      Optional<Program> script = Scripts.find(world, state.directory, name);
      program = script.isPresent() ? script : program;
    }
    if (program.isEmpty()) {
      complain(io, name + ": not found");
      return NOT_FOUND;
    }
    Map<String, String> environment = new LinkedHashMap<>(state.environment());
    environment.putAll(extra);
    return await(
        world.spawn(
            new ProcessTable.Launch(program.get(), words, environment, state.directory, io)));
  }

  void complain(Streams io, String message) throws IOException {
    io.err().write((state.name + ": " + message + "\n").getBytes(UTF_8));
  }
}
