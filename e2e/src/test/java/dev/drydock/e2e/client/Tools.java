package dev.drydock.e2e.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Programs of the machine that the tests drive; `.ci/stock-clients` fetches those that a machine
/// need not have.
final class Tools {
  /// Where `.ci/stock-clients` puts what it fetches: `kubectl-1.20/kubectl` and the like.
  private static final @Nullable String FETCHED = System.getenv("DRYDOCK_STOCK_CLIENTS");

  private Tools() {}

  /// Folders with a kubectl each; the empty name stands for the one on the path.
  static List<String> kubectls() {
    var folders = new ArrayList<>(List.of(""));
    if (FETCHED != null) {
      try (var found = Files.newDirectoryStream(Path.of(FETCHED), "kubectl-*")) {
        found.forEach(folder -> folders.add(folder.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException("can't read " + FETCHED, e);
      }
    }
    return folders;
  }

  /// Where a program is that was fetched; may be absent.
  static Path fetched(String name) {
    return Path.of(FETCHED == null ? "not-fetched" : FETCHED, name);
  }

  /// Skips the test unless the command succeeds.
  static void require(String reason, Path folder, String... command) {
    boolean works;
    try {
      works = run(folder, Map.of(), command).code() == 0;
    } catch (UncheckedIOException absent) {
      works = false;
    }
    Assumptions.assumeTrue(works, reason);
  }

  /// What a program printed, both streams, and how it ended.
  record Outcome(int code, String text) {}

  /// Runs a program to its end, for at most two minutes.
  static Outcome run(Path folder, Map<String, String> environment, String... command) {
    try {
      Path output = Files.createTempFile("drydock-tool", ".txt");
      var builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(2, TimeUnit.MINUTES);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String text = Files.readString(output);
      Files.delete(output);
      return new Outcome(ended ? process.exitValue() : -1, text);
    } catch (IOException e) {
      throw new UncheckedIOException("can't run " + List.of(command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
