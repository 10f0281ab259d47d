package dev.drydock.kubelet.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.files.Layer;
import dev.drydock.kubelet.files.MemoryVolume;
import dev.drydock.kubelet.network.InMemoryNetwork;
import dev.drydock.kubelet.network.NodeNetwork;
import dev.drydock.kubelet.program.agnhost.Agnhost;
import dev.drydock.kubelet.program.command.Commands;
import dev.drydock.kubelet.program.server.Servers;
import dev.drydock.kubelet.program.shell.Shell;
import dev.drydock.testkit.time.FakeClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A container for tests of programs.
public final class Sandbox {
  public final FakeClock clock = new FakeClock();
  public final InMemoryNetwork network = new InMemoryNetwork();
  public final CompletableFuture<Integer> exit = new CompletableFuture<>();
  public final ByteArrayOutputStream out = new ByteArrayOutputStream();
  public final ByteArrayOutputStream err = new ByteArrayOutputStream();
  public final ProcessTable processes;
  private final Programs programs =
      new Programs(
          List.of(new Commands(), new Shell.Family(), new Servers(), new Agnhost.Family()));

  public Sandbox() {
    Layer layer =
        Layer.EMPTY.with(Map.of("/tmp/", "", "/dev/null", "", "/etc/os-release", "NAME=Drydock\n"));
    NodeNetwork node = network.node("10.244.1.2");
    Identity identity =
        new Identity("web", "default", "main", "node-1", "busybox", "web", List.of(80));
    Surroundings surroundings =
        new Surroundings(
            identity,
            User.ROOT,
            new FileSystem(new MemoryVolume(layer, clock), List.of()),
            node.host(),
            clock,
            clock,
            programs);
    this.processes = new ProcessTable(surroundings, exit::complete);
  }

  /// Starts a command as the first process.
  public Task start(String... command) {
    return start(new byte[0], command);
  }

  public Task start(byte[] input, String... command) {
    return processes.spawn(
        new ProcessTable.Launch(
            programs.find(command[0]).orElseThrow(),
            List.of(command),
            Map.of("HOME", "/root", "GREETING", "hello"),
            "/",
            new Streams(new ByteArrayInputStream(input), out, err)),
        0);
  }

  /// What a server in here answers, at once: no time passes.
  public String ask(String url) throws InterruptedException {
    var answer = new ByteArrayOutputStream();
    also(answer, "wget", "-qO-", url).await();
    return answer.toString(UTF_8);
  }

  /// Starts another command beside the first process.
  ///
  /// @param answer takes what it prints
  public Task also(ByteArrayOutputStream answer, String... command) {
    return processes.spawn(
        new ProcessTable.Launch(
            programs.find(command[0]).orElseThrow(),
            List.of(command),
            Map.of(),
            "/",
            Streams.NONE.withOut(answer).withErr(err)),
        0);
  }

  public String out() {
    return out.toString(UTF_8);
  }

  public String err() {
    return err.toString(UTF_8);
  }
}
