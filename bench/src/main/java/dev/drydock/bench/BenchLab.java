package dev.drydock.bench;

import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.process.RunningProcess;
import dev.drydock.lab.topology.AddressBlock;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A lab that lives for one measurement, in a folder of its own.
final class BenchLab implements AutoCloseable {
  private static final AddressBlock FIRST_BLOCK = new AddressBlock(40);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final Lab lab;
  private final Topology topology;
  private final double secondsToReady;

  /// Starts it and waits until it is ready.
  BenchLab(int nodes) throws IOException {
    folder = Files.createTempDirectory("drydock-bench");
    lab = new Lab(new LabHome(folder), Installation.current(), InstantSource.system());
    topology = Topology.of(Lab.freeBlock(FIRST_BLOCK), nodes, 1);
    long begin = System.nanoTime();
    lab.up(topology, (_, _, _, _) -> {}, PATIENCE);
    secondsToReady = (System.nanoTime() - begin) / 1e9;
  }

  double secondsToReady() {
    return secondsToReady;
  }

  Path folder() {
    return folder;
  }

  /// The lab's api-server, as its administrator reaches it.
  Server server() throws IOException, GeneralSecurityException {
    return new Server("", Kubeconfig.read(folder.resolve("kubeconfig")));
  }

  Component component(Role role) {
    return components().stream().filter(one -> one.role() == role).findFirst().orElseThrow();
  }

  /// Starts a component that does not run.
  void start(Component component) {
    lab.start(component, topology);
  }

  /// Ends all components but etcd and the api-server.
  void leaveApiServerAlone() {
    components().stream()
        .filter(one -> one.role() != Role.ETCD && one.role() != Role.API_SERVER)
        .forEach(one -> lab.require(one).kill());
  }

  RunningProcess running(Component component) {
    return lab.require(component);
  }

  /// CPU time that all processes of the lab have used, in seconds.
  double cpuSeconds() {
    return components().stream().mapToDouble(component -> cpuSeconds(process(component))).sum();
  }

  /// CPU time that a process has used, in seconds.
  static double cpuSeconds(ProcessHandle process) {
    return process.info().totalCpuDuration().map(time -> time.toNanos() / 1e9).orElse(0.0);
  }

  Topology topology() {
    return topology;
  }

  List<Component> components() {
    return topology.components();
  }

  /// Proportional share of memory, in MB.
  double megabytes(Component component) {
    return lab.require(component).proportionalKilobytes() / 1024.0;
  }

  ProcessHandle process(Component component) {
    return ProcessHandle.of(lab.require(component).pid()).orElseThrow();
  }

  double megabytes(Role role) {
    return components().stream()
        .filter(component -> component.role() == role)
        .mapToDouble(this::megabytes)
        .sum();
  }

  /// Runs kubectl against it.
  ///
  /// @throws IOException when it fails; with its output
  String kubectl(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return output;
  }

  @Override
  public void close() throws IOException {
    lab.down(topology);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
