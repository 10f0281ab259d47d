package dev.drydock.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Selection;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.client.rpc.GrpcApi;
import dev.drydock.client.time.SystemTimers;
import dev.drydock.client.time.TimeScale;
import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.topology.AddressBlock;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Topology;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A lab of real processes that lives for one test class.
public final class TestLab implements AutoCloseable {
  private static final AddressBlock FIRST_BLOCK = new AddressBlock(80);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Lab lab;
  private final SystemTimers timers = new SystemTimers(TimeScale.REAL);
  private final EventLoops loops = new EventLoops(1);
  private final ApiConnection connection;
  private final Api api;
  private final Deque<SharedInformers> watches = new ConcurrentLinkedDeque<>();

  private TestLab(Path folder, Lab lab) {
    this.folder = folder;
    this.lab = lab;
    this.connection =
        ApiConnection.to(Kubeconfig.read(folder.resolve("drydock.conf")), "test", loops);
    this.api = new GrpcApi(connection, "test");
  }

  /// Starts a lab and waits until its nodes are Ready.
  ///
  /// @param timeScale 1: Kubernetes' own durations
  public static TestLab start(int nodes, double timeScale) {
    try {
      Path folder = Files.createTempDirectory("drydock-test");
      var lab = new Lab(new LabHome(folder), Installation.current(), InstantSource.system());
      lab.up(
          Topology.of(Lab.freeBlock(FIRST_BLOCK), nodes, timeScale), (_, _, _, _) -> {}, PATIENCE);
      return new TestLab(folder, lab);
    } catch (IOException e) {
      throw new IllegalStateException("no temporary folder", e);
    }
  }

  public Lab lab() {
    return lab;
  }

  public Path folder() {
    return folder;
  }

  public Api api() {
    return api;
  }

  public Topology topology() {
    return lab.home().requireTopology();
  }

  public Component component(String name) {
    return topology().component(name);
  }

  public LabNode node(String name) {
    return topology().node(name).orElseThrow();
  }

  /// Objects of a kind as they are, kept up to date; waits can be made on them.
  public <T extends HasMetadata> Watched<T> watch(Kind<T> kind) {
    var informers = new SharedInformers(api, timers, RandomGenerator.getDefault());
    watches.add(informers);
    return new Watched<>(informers.informer(kind));
  }

  /// Runs kubectl, which must succeed.
  ///
  /// @return what it printed
  public String kubectl(String... arguments) {
    Output output = tryKubectl("", arguments);
    assertThat(output.code())
        .as("kubectl %s:%n%s", String.join(" ", arguments), output.text())
        .isZero();
    return output.text();
  }

  /// Runs kubectl with a text on its standard input, which must succeed.
  public String kubectlWithInput(String input, String... arguments) {
    Output output = tryKubectl(input, arguments);
    assertThat(output.code())
        .as("kubectl %s:%n%s", String.join(" ", arguments), output.text())
        .isZero();
    return output.text();
  }

  /// Waits until the api-server, which may have been restarted, answers on both of its ports.
  public void awaitAnswer() {
    while (tryKubectl("", "get", "--raw=/readyz").code() != 0 || !answersComponents()) {
      Thread.onSpinWait();
    }
  }

  private boolean answersComponents() {
    try {
      api().resource(Kinds.NAMESPACE).list(Selection.ALL);
      return true;
    } catch (ApiException e) {
      return false;
    }
  }

  /// Runs kubectl, whatever comes of it.
  public Output tryKubectl(String input, String... arguments) {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    return run(input, command);
  }

  /// Runs a program with `KUBECONFIG` set.
  public Output run(String input, List<String> command) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    try {
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new IllegalStateException("can't run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// What a program printed (both streams) and how it ended.
  public record Output(int code, String text) {}

  @Override
  public void close() {
    watches.forEach(SharedInformers::close);
    connection.close();
    loops.close();
    timers.close();
    lab.down(topology());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException("can't delete " + folder, e);
    }
  }
}
