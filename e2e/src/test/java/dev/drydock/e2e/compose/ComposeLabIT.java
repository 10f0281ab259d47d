package dev.drydock.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// The lab of `docker compose up`, from the building of its image to its end.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
    value = "dev.drydock.e2e.compose.ComposeProject#hasDocker",
    disabledReason = ComposeProject.NO_DOCKER)
class ComposeLabIT {
  @TempDir static Path state;

  private static ComposeProject lab;

  @BeforeAll
  static void start() {
    lab = ComposeProject.in(state);
    ComposeProject.Output up =
        lab.attempt("docker", "compose", "up", "--detach", "--build", "--wait");
    assertThat(up.code())
        .as("docker compose up:%n%s%n%s", up.text(), up.code() == 0 ? "" : logs())
        .isZero();
  }

  @AfterAll
  static void nothingIsLeftBehind() {
    if (lab == null) {
      return;
    }
    lab.compose("down", "--volumes", "--timeout", "10");
    String mine = "label=com.docker.compose.project=" + ComposeProject.NAME;
    assertThat(lab.run("docker", "ps", "--all", "--quiet", "--filter", mine)).isEmpty();
    assertThat(lab.run("docker", "volume", "ls", "--quiet", "--filter", mine)).isEmpty();
    assertThat(lab.run("docker", "network", "ls", "--quiet", "--filter", mine)).isEmpty();
  }

  @Test
  @Order(1)
  void threeNodesAreReadyEachAtTheAddressOfItsContainer() {
    assertThat(lab.kubectl("get", "nodes", "--no-headers", "-o", "wide").lines())
        .hasSize(3)
        .allMatch(line -> line.contains(" Ready "))
        .anyMatch(line -> line.startsWith("node-1") && line.contains(address(1)))
        .anyMatch(line -> line.startsWith("node-2") && line.contains(address(2)))
        .anyMatch(line -> line.startsWith("node-3") && line.contains(address(3)));
  }

  @Test
  @Order(2)
  void aDeploymentSpreadsOverTheNodesAndAnswersOnEachNodesAddress() throws Exception {
    lab.kubectl("create", "deployment", "web", "--image=nginx", "--replicas=6");
    lab.kubectl("rollout", "status", "deployment/web", "--timeout=120s");
    assertThat(nodesOf("web")).containsExactlyInAnyOrder("node-1", "node-2", "node-3");

    lab.kubectl("expose", "deployment", "web", "--port=80", "--type=NodePort");
    String port = lab.kubectl("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}");
    for (int node = 1; node <= 3; node++) {
      assertThat(awaitAnswer(URI.create("http://" + address(node) + ":" + port + "/")))
          .contains("Welcome to nginx!");
    }
  }

  @Test
  @Order(3)
  void theLogOfAllContainersTellsTheInteractions() {
    assertThat(logs())
        .containsPattern("api-server-1 .* create deployments default/web")
        .containsPattern("scheduler-1 .*default/web-")
        .containsPattern("kubelet-node-2-1 .*default/web-")
        .containsPattern("controller-manager-1 .*default/web");
  }

  @Test
  @Order(4)
  void everyContainerHasItsOwnSecretsAndNoOthers() {
    assertThat(lab.compose("exec", "-T", "scheduler", "ls", "/secrets").lines())
        .containsExactly("scheduler.conf");
    assertThat(lab.compose("exec", "-T", "kube-proxy-node-1", "ls", "/secrets").lines())
        .containsExactly("kube-proxy.conf");
    assertThat(lab.compose("exec", "-T", "kubelet-node-3", "ls", "/secrets").lines())
        .containsExactlyInAnyOrder(
            "ca.crt", "kubelet-node-3.conf", "kubelet-node-3.crt", "kubelet-node-3.key");
  }

  @Test
  @Order(5)
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aProcessThatEndsIsStartedAgainByDocker() {
    for (String service : new String[] {"scheduler", "kubelet-node-2"}) {
      lab.awaitEvent(
          service,
          "health_status: healthy",
          () -> lab.attempt("docker", "compose", "exec", "-T", service, "sh", "-c", "kill 1"));
    }
    assertAllWorkGoesOn(7);
  }

  @Test
  @Order(6)
  void whatIsStoredSurvivesTheKillingOfEtcdAndTheApiServer() {
    lab.compose("kill", "etcd", "api-server");
    lab.compose("up", "--detach", "--no-build", "--wait");
    assertAllWorkGoesOn(8);
  }

  private static void assertAllWorkGoesOn(int replicas) {
    lab.kubectl("scale", "deployment/web", "--replicas=" + replicas);
    lab.kubectl("rollout", "status", "deployment/web", "--timeout=120s");
    lab.kubectl("wait", "--for=condition=Ready", "node", "--all", "--timeout=60s");
    lab.kubectl("wait", "--for=condition=Ready", "pod", "-l", "app=web", "--timeout=120s");
  }

  private static String logs() {
    return lab.compose("logs", "--no-color");
  }

  private static String address(int node) {
    return ComposeProject.SUBNET + "." + (10 + node);
  }

  private static Set<String> nodesOf(String app) {
    return lab.kubectl(
            "get",
            "pods",
            "-l",
            "app=" + app,
            "-o",
            "jsonpath={range .items[*]}{.spec.nodeName}{\"\\n\"}{end}")
        .lines()
        .collect(Collectors.toSet());
  }

  /// The first answer; until the rules are in place nobody listens.
  private static String awaitAnswer(URI uri) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
      while (true) {
        try {
          return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
          assertThat(System.nanoTime()).as("%s: %s", uri, e).isLessThan(end);
        }
      }
    }
  }
}
