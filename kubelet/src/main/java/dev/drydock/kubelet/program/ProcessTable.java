package dev.drydock.kubelet.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.kubelet.files.FileErrors;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The processes of one container. When the first one ends, all end.
public final class ProcessTable {
  private static final int BROKEN_PIPE = 141;

  private final Surroundings surroundings;
  private final Consumer<Integer> onExit;

  @GuardedBy("this")
  private final Map<Integer, Task> tasks = new TreeMap<>();

  @GuardedBy("this")
  private int lastPid;

  /// @param onExit told the exit code of the first process, once, on that process' thread
  public ProcessTable(Surroundings surroundings, Consumer<Integer> onExit) {
    this.surroundings = surroundings;
    this.onExit = onExit;
  }

  /// What a new process gets.
  ///
  /// @param arguments the first is the name under which it was called
  /// @param directory where it begins
  public record Launch(
      Program program,
      List<String> arguments,
      Map<String, String> environment,
      String directory,
      Streams streams) {
    public Launch {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }
  }

  /// Starts a process on a thread of its own.
  ///
  /// @param parent 0 when it comes from outside of the container
  public Task spawn(Launch launch, int parent) {
    Task task;
    synchronized (this) {
      task = new Task(++lastPid, parent, launch);
      tasks.put(task.pid(), task);
    }
    World world = new World(surroundings, this, task, launch);
    Thread thread =
        Thread.ofVirtual()
            .name(surroundings.identity().pod() + "/" + launch.arguments().getFirst())
            .unstarted(() -> run(task, launch.program(), world));
    task.runsOn(thread);
    thread.start();
    return task;
  }

  public synchronized List<Task> list() {
    return List.copyOf(tasks.values());
  }

  /// The standard output of a process.
  public synchronized Optional<OutputStream> output(int pid) {
    return find(pid).map(Task::output);
  }

  public synchronized Optional<Task> find(int pid) {
    return Optional.ofNullable(tasks.get(pid));
  }

  private void run(Task task, Program program, World world) {
    int code = 1;
    try {
      code = program.run(world);
    } catch (InterruptedException | InterruptedIOException e) {
      code = Signal.INT.exitCode();
    } catch (IOException e) {
      if ("Broken pipe".equals(e.getMessage())) {
        code = BROKEN_PIPE;
      } else {
        complain(task, world, FileErrors.text(e));
      }
    } catch (RuntimeException e) {
      complain(task, world, e.toString());
      code = 134;
    } finally {
      task.ended(code);
      synchronized (this) {
        tasks.remove(task.pid());
      }
      if (task.pid() == 1) {
        list().forEach(other -> other.signal(Signal.KILL));
        onExit.accept(exitOf(task));
      }
    }
  }

  private static int exitOf(Task task) {
    Thread.interrupted();
    try {
      return task.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Signal.KILL.exitCode();
    }
  }

  private static void complain(Task task, World world, String text) {
    try {
      world.err().write((task.command().getFirst() + ": " + text + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      // Nobody reads what this process says.
    }
  }
}
