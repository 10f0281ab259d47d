package dev.drydock.kubelet.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.ConnectionHandler;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Listening;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Everything that one process can see and do.
public final class World {
  private final Surroundings surroundings;
  private final ProcessTable processes;
  private final Task task;
  private final ProcessTable.Launch launch;

  World(Surroundings surroundings, ProcessTable processes, Task task, ProcessTable.Launch launch) {
    this.surroundings = surroundings;
    this.processes = processes;
    this.task = task;
    this.launch = launch;
  }

  /// The same process running another program in place: what a shell does with a built-in command
  /// or a function.
  public World as(ProcessTable.Launch other) {
    return new World(surroundings, processes, task, other);
  }

  /// The first is the name under which the program was called.
  public List<String> arguments() {
    return launch.arguments();
  }

  public Map<String, String> environment() {
    return launch.environment();
  }

  public String directory() {
    return launch.directory();
  }

  public Streams streams() {
    return launch.streams();
  }

  public InputStream in() {
    return launch.streams().in();
  }

  public OutputStream out() {
    return launch.streams().out();
  }

  public OutputStream err() {
    return launch.streams().err();
  }

  public FileSystem files() {
    return surroundings.files();
  }

  /// A path as this process writes it, made absolute.
  public String path(String path) {
    return FileSystem.normal(launch.directory(), path);
  }

  public Identity identity() {
    return surroundings.identity();
  }

  public User user() {
    return surroundings.user();
  }

  public InstantSource clock() {
    return surroundings.clock();
  }

  public Timers timers() {
    return surroundings.timers();
  }

  public PodNetwork network() {
    return surroundings.network();
  }

  public Programs programs() {
    return surroundings.programs();
  }

  public ProcessTable processes() {
    return processes;
  }

  public Task task() {
    return task;
  }

  /// Starts a child.
  public Task spawn(ProcessTable.Launch child) {
    return processes.spawn(child, task.pid());
  }

  public void print(String line) throws IOException {
    out().write((line + "\n").getBytes(UTF_8));
  }

  public void complain(String line) throws IOException {
    err().write((line + "\n").getBytes(UTF_8));
  }

  public void sleep(Duration duration) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Timers.Cancellable timer = surroundings.timers().after(duration, over::countDown);
    try {
      over.await();
    } finally {
      timer.cancel();
    }
  }

  /// @param handler must not block
  public void onSignal(Signal signal, Runnable handler) {
    task.onSignal(signal, handler);
  }

  public void defaultSignal(Signal signal) {
    task.defaultSignal(signal);
  }

  /// What a server's main thread does: nothing, until it is asked to stop.
  public void awaitTermination() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    task.onSignal(Signal.TERM, asked::countDown);
    task.onSignal(Signal.INT, asked::countDown);
    task.onSignal(Signal.QUIT, asked::countDown);
    asked.await();
  }

  /// Opens a port for as long as the process lives; its connections end with it.
  public Listening listen(int port, ConnectionHandler handler) throws IOException {
    return listen(port, Protocol.TCP, handler);
  }

  public Listening listen(int port, Protocol protocol, ConnectionHandler handler)
      throws IOException {
    Listening listening =
        network()
            .listen(
                port,
                protocol,
                connection -> {
                  task.closeAtEnd(connection);
                  try {
                    handler.handle(connection);
                  } finally {
                    task.forget(connection);
                  }
                });
    task.closeAtEnd(listening);
    return listening;
  }

  /// Connects; the caller closes, or the end of the process does.
  public Connection dial(Endpoint target, Duration timeout) throws IOException {
    Connection connection = network().dial(Protocol.TCP, target, timeout);
    task.closeAtEnd(connection);
    return connection;
  }
}
