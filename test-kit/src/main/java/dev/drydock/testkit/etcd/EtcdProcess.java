package dev.drydock.testkit.etcd;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One etcd process.
final class EtcdProcess {
  private static final Pattern VERSION = Pattern.compile("etcd Version: (\\d+)\\.(\\d+)");

  private final Process process;
  private final Thread reaper;

  private EtcdProcess(Process process) {
    this.process = process;
    this.reaper = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  static EtcdProcess start(Path directory, URI client, URI peer) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "etcd",
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--snapshot-count=2000"));
    if (canSkipFsync()) {
      command.add("--unsafe-no-fsync");
    }
    EtcdProcess etcd =
        new EtcdProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    etcd.awaitReady();
    return etcd;
  }

  private static boolean canSkipFsync() throws IOException {
    Process asked = new ProcessBuilder("etcd", "--version").redirectErrorStream(true).start();
    String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(answer);
    return version.find()
        && (Integer.parseInt(version.group(1)) > 3 || Integer.parseInt(version.group(2)) >= 5);
  }

  /// Reads what it says until it serves; then goes on reading, so that it never blocks.
  private void awaitReady() throws IOException {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    List<String> said = new ArrayList<>();
    Thread.ofVirtual().name("etcd-output").start(() -> drain(ready, said));
    if (!ready.join()) {
      throw new IOException("etcd ended before it was ready:\n" + String.join("\n", said));
    }
  }

  private void drain(CompletableFuture<Boolean> ready, List<String> said) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null) {
        if (!ready.isDone()) {
          said.add(line);
          if (line.contains("ready to serve") || line.contains("serving client")) {
            ready.complete(true);
          }
        }
        line = output.readLine();
      }
    } catch (IOException e) {
      said.add(e.toString());
    }
    ready.complete(false);
  }

  void signal(String name) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void kill() {
    process.destroyForcibly().onExit().join();
    Runtime.getRuntime().removeShutdownHook(reaper);
  }
}
