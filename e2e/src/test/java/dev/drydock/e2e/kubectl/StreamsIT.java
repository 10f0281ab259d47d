package dev.drydock.e2e.kubectl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.cluster.TestLab;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever leads into a pod, with the real kubectl: exec, attach, cp, port-forward, proxy, debug.
class StreamsIT {
  private static TestLab lab;

  @BeforeAll
  static void start() {
    lab = TestLab.start(2, 1);
    lab.kubectl("run", "web", "--image=nginx", "--port=80");
    lab.kubectl("run", "box", "--image=busybox", "--", "sleep", "infinity");
    lab.kubectl("expose", "pod", "web", "--port=80");
    lab.kubectl("wait", "--for=condition=Ready", "pod/web", "pod/box", "--timeout=60s");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /// Runs a command line at a pseudo terminal.
  private static TestLab.Output atTerminal(String input, String command) {
    return lab.run(input, List.of("timeout", "30", "script", "-qec", command, "/dev/null"));
  }

  @Test
  void aCommandRunsInAContainerAndItsExitCodeIsKubectls() {
    assertThat(lab.kubectl("exec", "web", "--", "hostname")).isEqualTo("web\n");
    TestLab.Output failed =
        lab.tryKubectl("", "exec", "web", "--", "sh", "-c", "echo bad >&2; exit 3");
    assertThat(failed.code()).isEqualTo(3);
    assertThat(failed.text()).contains("bad\n", "command terminated with exit code 3");
    assertThat(lab.kubectlWithInput("b\na\n", "exec", "-i", "box", "--", "sort"))
        .isEqualTo("a\nb\n");
  }

  @Test
  void aCommandThatIsMissingAndAContainerThatIsMissingAreToldApart() {
    assertThat(lab.tryKubectl("", "exec", "web", "--", "nope").text())
        .contains("exec: \"nope\": executable file not found in $PATH");
    assertThat(lab.tryKubectl("", "exec", "web", "-c", "side", "--", "ls").text())
        .contains("(BadRequest): container side is not valid for pod web");
  }

  @Test
  void aShellAtATerminalEchoesPromptsAndEnds() {
    TestLab.Output session =
        atTerminal("echo hi $HOSTNAME\nexit 4\n", "kubectl exec -it box -- sh");
    assertThat(session.text()).contains("/ # ", "hi box\r\n");
    assertThat(session.code()).isEqualTo(4);
  }

  @Test
  void whoAttachesSeesWhatIsPrintedFromThenOn() {
    lab.kubectl(
        "run",
        "talker",
        "--image=busybox",
        "--",
        "sh",
        "-c",
        "while sleep 0.2; do echo tick; done");
    lab.kubectl("wait", "--for=condition=Ready", "pod/talker", "--timeout=60s");
    assertThat(lab.run("", List.of("timeout", "2", "kubectl", "attach", "talker")).text())
        .contains("tick\ntick\n");
    assertThat(lab.kubectl("get", "pod", "talker", "--no-headers")).contains("Running");
  }

  @Test
  void aPodCanBeRunAttachedToAndRemovedInOneGo() {
    TestLab.Output run =
        lab.tryKubectl(
            "echo from inside\n",
            "run",
            "once",
            "-i",
            "--rm",
            "--restart=Never",
            "--image=busybox",
            "--",
            "sh");
    assertThat(run.text()).contains("from inside").contains("pod \"once\" deleted");
    assertThat(run.code()).isZero();
  }

  @Test
  void filesAreCopiedBothWays(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("in").resolve("deep").resolve("file");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x".repeat(100_000));
    lab.kubectl("cp", folder.resolve("in").toString(), "box:/tmp/in");
    assertThat(lab.kubectl("exec", "box", "--", "wc", "-c", "/tmp/in/deep/file"))
        .contains("100000");
    lab.kubectl("cp", "box:/tmp/in", folder.resolve("out").toString());
    assertThat(folder.resolve("out").resolve("deep").resolve("file")).hasSameTextualContentAs(file);
  }

  @Test
  void aForwardedPortTakesSeveralConnections() throws Exception {
    var builder = new ProcessBuilder("kubectl", "port-forward", "pod/web", ":80");
    builder.environment().put("KUBECONFIG", lab.folder().resolve("kubeconfig").toString());
    Process kubectl = builder.redirectErrorStream(true).start();
    try (var said = new BufferedReader(new InputStreamReader(kubectl.getInputStream(), UTF_8))) {
      Matcher port = Pattern.compile("127.0.0.1:(\\d+) -> 80").matcher(said.readLine());
      assertThat(port.find()).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(get(Integer.parseInt(port.group(1)))).contains("Welcome to nginx!");
      }
    } finally {
      kubectl.destroy();
      kubectl.waitFor();
    }
  }

  private static String get(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  @Test
  void podsServicesAndNodesAreReachedThroughTheProxy() {
    String namespace = "/api/v1/namespaces/default/";
    assertThat(lab.kubectl("get", "--raw", namespace + "services/web:80/proxy/"))
        .contains("Welcome to nginx!");
    assertThat(lab.kubectl("get", "--raw", namespace + "pods/web/proxy/"))
        .contains("Welcome to nginx!");
    assertThat(lab.tryKubectl("", "get", "--raw", namespace + "services/web:81/proxy/").text())
        .contains("(ServiceUnavailable): no service port 81 found for service \"web\"");
    assertThat(lab.kubectl("get", "--raw", "/api/v1/nodes/node-1/proxy/healthz")).isEqualTo("ok");
    assertThat(lab.kubectl("get", "--raw", "/api/v1/nodes/node-1/proxy/stats/summary"))
        .contains("\"workingSetBytes\":", "\"usageCoreNanoSeconds\":");
    assertThat(lab.kubectl("get", "--raw", "/api/v1/nodes/node-1/proxy/metrics/resource"))
        .contains("node_cpu_usage_seconds_total ");
    assertThat(lab.kubectl("get", "--raw", "/api/v1/nodes/node-1/proxy/logs/"))
        .contains("<a href=\"pods/\">pods/</a>");
    assertThat(lab.kubectl("get", "--raw", "/api/v1/nodes/node-1/proxy/pods"))
        .startsWith("{\"kind\":\"PodList\"");
  }

  @Test
  void aDebuggerIsAddedToARunningPod() {
    lab.kubectl("debug", "web", "--image=busybox", "--container=look", "--", "hostname");
    lab.kubectl(
        "wait",
        "--for=jsonpath={.status.ephemeralContainerStatuses[0].state.terminated.exitCode}=0",
        "pod/web",
        "--timeout=60s");
    assertThat(lab.kubectl("logs", "web", "-c", "look")).isEqualTo("web\n");
  }
}
