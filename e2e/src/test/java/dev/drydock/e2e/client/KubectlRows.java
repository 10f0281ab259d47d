package dev.drydock.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.cluster.TestLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everyday commands (`kubectl-rows.txt`), with the kubectl on the path and with those that
/// `.ci/stock-clients` fetched: the oldest and the newest that Debian has, and one between.
interface KubectlRows {
  TestLab lab();

  /// One line of `kubectl-rows.txt`.
  record Row(String line, List<String> printed, boolean fails, int since) {
    private static final Pattern FORM = Pattern.compile("(?:@1\\.(\\d+) )?(! )?(.*?)\\s*=> (.*)");

    static Row of(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw new IllegalArgumentException("expected COMMAND => TEXT, not " + text);
      }
      return new Row(
          parts.group(3),
          List.of(parts.group(4).split(" && ")),
          parts.group(2) != null,
          parts.group(1) == null ? 0 : Integer.parseInt(parts.group(1)));
    }

    static List<Row> all() {
      return Manifest.text("kubectl-rows.txt")
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Row::of)
          .toList();
    }

    /// What is wrong with an outcome; empty when nothing is.
    String complaint(Tools.Outcome outcome) {
      boolean asWanted =
          fails == (outcome.code() != 0) && printed.stream().allMatch(outcome.text()::contains);
      return asWanted
          ? ""
          : "%n%s%n  wanted %s and %s%n  exit code %d, printed %s"
              .formatted(
                  line, fails ? "failure" : "success", printed, outcome.code(), outcome.text());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.drydock.e2e.client.Tools#kubectls")
  default void kubectlDoesWhatPeopleTypeEveryDay(String folder, @TempDir Path work)
      throws IOException {
    var environment = new HashMap<String, String>();
    environment.put("PATH", (folder.isEmpty() ? "" : folder + ":") + System.getenv("PATH"));
    environment.put("HOME", work.toString());
    environment.put("KUBECONFIG", work.resolve("kubeconfig").toString());
    Files.copy(lab().folder().resolve("kubeconfig"), work.resolve("kubeconfig"));
    Files.createDirectory(work.resolve("kustom"));
    Files.writeString(work.resolve("stock.yaml"), Manifest.text("stock.yaml"));
    Files.writeString(work.resolve("kustom/stock.yaml"), Manifest.text("stock.yaml"));
    Files.writeString(work.resolve("bad.yaml"), Manifest.text("bad.yaml"));
    Files.writeString(
        work.resolve("kustom/kustomization.yaml"), Manifest.text("kustom/kustomization.yaml"));

    int minor = minor(work, environment);
    String namespace = "kubectl-" + minor + (folder.isEmpty() ? "" : "-fetched");
    environment.put("NAMESPACE", namespace);
    environment.put("VALIDATE", minor < 27 ? "--validate=false" : "");
    lab().kubectl("create", "namespace", namespace);
    bash(work, environment, "kubectl config set-context --current --namespace=" + namespace);
    var complaints = new ArrayList<String>();
    for (Row row : Row.all()) {
      if (minor >= row.since()) {
        complaints.add(row.complaint(bash(work, environment, row.line())));
      }
    }
    complaints.removeIf(String::isEmpty);
    assertThat(complaints).as("kubectl 1.%d", minor).isEmpty();
    lab().kubectl("delete", "namespace", namespace, "--wait=false");
  }

  private static int minor(Path work, Map<String, String> environment) {
    Matcher version =
        Pattern.compile("v1\\.(\\d+)\\.")
            .matcher(bash(work, environment, "kubectl version --client").text());
    assertThat(version.find()).isTrue();
    return Integer.parseInt(version.group(1));
  }

  private static Tools.Outcome bash(Path work, Map<String, String> environment, String line) {
    return Tools.run(work, environment, "timeout", "90", "bash", "-c", line);
  }
}
