package dev.drydock.testkit.etcd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs an etcd for the tests of a class (register it in a static field). It is found on the
/// PATH. Tests share it, so each keeps to keys of its own.
public final class EtcdExtension implements BeforeAllCallback, AfterAllCallback {
  private @Nullable Path directory;
  private @Nullable EtcdProcess process;
  private @Nullable URI endpoint;
  private @Nullable URI peer;

  /// Where it listens; the same after a restart.
  public URI endpoint() {
    return Objects.requireNonNull(endpoint, "etcd is not started");
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("drydock-etcd");
    List<Integer> ports = freePorts();
    endpoint = URI.create("http://127.0.0.1:" + ports.get(0));
    peer = URI.create("http://127.0.0.1:" + ports.get(1));
    start();
  }

  private static List<Integer> freePorts() throws IOException {
    InetAddress local = InetAddress.getLoopbackAddress();
    try (ServerSocket first = new ServerSocket(0, 1, local);
        ServerSocket second = new ServerSocket(0, 1, local)) {
      return List.of(first.getLocalPort(), second.getLocalPort());
    }
  }

  /// Starts it again after [#kill], with the data it had.
  public void start() throws IOException {
    process =
        EtcdProcess.start(
            Objects.requireNonNull(directory), endpoint(), Objects.requireNonNull(peer));
  }

  /// Kills it as a power cut would.
  public void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /// Stops it in its tracks; connections stay open.
  public void pause() throws IOException {
    Objects.requireNonNull(process).signal("STOP");
  }

  /// Lets it go on after [#pause].
  public void resume() throws IOException {
    Objects.requireNonNull(process).signal("CONT");
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(directory))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
