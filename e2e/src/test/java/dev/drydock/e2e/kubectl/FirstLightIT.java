package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Kinds;
import dev.drydock.e2e.cluster.TestLab;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user does on the first day, with the real kubectl on a lab of real processes.
class FirstLightIT {
  private static TestLab lab;

  @BeforeAll
  static void start() {
    lab = TestLab.start(3, 1);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void threeNodesAreReady() {
    assertThat(lab.kubectl("get", "nodes", "--no-headers").lines())
        .hasSize(3)
        .allMatch(line -> line.contains(" Ready "));
    assertThat(lab.kubectl("get", "nodes", "-o", "wide"))
        .contains("INTERNAL-IP")
        .contains("drydock://");
    assertThat(lab.kubectl("get", "namespaces", "-o", "name"))
        .contains("namespace/default", "namespace/kube-system", "namespace/kube-node-lease");
    assertThat(lab.kubectl("version")).contains("Server Version: v1.36");
    assertThat(lab.kubectl("cluster-info")).contains("is running at");
  }

  @Test
  void aDeploymentSpreadsOverTheNodesAndAnswersOnEachNodesPort() throws Exception {
    lab.kubectl("create", "deployment", "web", "--image=nginx", "--replicas=6");
    assertThat(lab.kubectl("rollout", "status", "deployment/web", "--timeout=60s"))
        .contains("successfully rolled out");
    List<String> pods =
        lab.kubectl("get", "pods", "-l", "app=web", "-o", "wide", "--no-headers").lines().toList();
    assertThat(pods).hasSize(6).allMatch(line -> line.contains("1/1") && line.contains("Running"));
    assertThat(column(pods, 5)).hasSize(6);
    assertThat(column(pods, 6)).containsExactlyInAnyOrder("node-1", "node-2", "node-3");

    lab.kubectl("expose", "deployment", "web", "--port=80", "--type=NodePort");
    int port =
        Integer.parseInt(
            lab.kubectl("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}"));
    lab.watch(Kinds.ENDPOINT_SLICE)
        .await(
            "six endpoints",
            Duration.ofSeconds(20),
            slices ->
                slices.stream()
                        .filter(s -> s.getMetadata().getName().startsWith("web-"))
                        .mapToInt(s -> s.getEndpoints().size())
                        .sum()
                    == 6);
    for (var node : lab.topology().nodes()) {
      assertThat(answeringPods(lab.topology().address(node), port)).hasSizeGreaterThan(1);
    }
    assertThat(lab.kubectl("get", "all")).contains("deployment.apps/web", "service/web");
    assertThat(lab.kubectl("describe", "deployment", "web")).contains("ScalingReplicaSet");
    assertThat(lab.kubectl("logs", "deployment/web")).contains("start worker processes");
    assertThat(lab.kubectl("get", "events")).contains("Scheduled", "Started");
  }

  @Test
  void aRolloutIsUndone() {
    lab.kubectl("create", "deployment", "roll", "--image=nginx:1.27", "--replicas=3");
    lab.kubectl("rollout", "status", "deployment/roll", "--timeout=60s");
    lab.kubectl("set", "image", "deployment/roll", "nginx=nginx:1.28");
    lab.kubectl("rollout", "status", "deployment/roll", "--timeout=60s");
    assertThat(lab.kubectl("rollout", "history", "deployment/roll")).contains("1 ", "2 ");
    lab.kubectl("rollout", "undo", "deployment/roll");
    lab.kubectl("rollout", "status", "deployment/roll", "--timeout=60s");
    assertThat(image("roll")).isEqualTo("nginx:1.27");
    lab.kubectl("scale", "deployment/roll", "--replicas=1");
    lab.kubectl("rollout", "status", "deployment/roll", "--timeout=60s");
    lab.kubectl("delete", "deployment", "roll", "--timeout=60s");
    lab.watch(Kinds.POD)
        .await(
            "its pods are gone",
            Duration.ofSeconds(60),
            pods -> pods.stream().noneMatch(p -> p.getMetadata().getName().startsWith("roll-")));
  }

  @Test
  void aManifestIsAppliedDiffedEditedPatchedAndDeleted(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("app.yaml");
    Files.writeString(file, manifest("app", 1));
    assertThat(lab.kubectl("apply", "-f", file.toString())).contains("deployment.apps/app created");
    assertThat(lab.kubectl("apply", "-f", file.toString())).contains("unchanged");
    Files.writeString(file, manifest("app", 2));
    TestLab.Output diff = lab.tryKubectl("", "diff", "-f", file.toString());
    assertThat(diff.code()).isEqualTo(1);
    assertThat(diff.text()).contains("-  replicas: 1", "+  replicas: 2");
    assertThat(lab.kubectl("apply", "-f", file.toString())).contains("configured");
    lab.kubectl("apply", "--server-side", "--force-conflicts", "-f", file.toString());
    lab.kubectl("patch", "deployment", "app", "-p", "{\"spec\":{\"replicas\":3}}");
    lab.kubectl(
        "patch",
        "deployment",
        "app",
        "--type=json",
        "-p",
        "[{\"op\":\"replace\",\"path\":\"/spec/replicas\",\"value\":2}]");
    lab.kubectl("label", "deployment", "app", "tier=front");
    lab.kubectl("annotate", "deployment", "app", "note=hello");
    assertThat(lab.kubectl("get", "deployment", "app", "-o", "yaml"))
        .contains("replicas: 2", "tier: front", "note: hello");
    assertThat(edit("s/replicas: 2/replicas: 1/")).contains("edited");
    assertThat(lab.kubectl("delete", "-f", file.toString(), "--timeout=60s")).contains("deleted");
  }

  @Test
  void aFurtherServiceCidrGivesAddressesAndStaysWhileOneIsUsed() {
    assertThat(
            lab.kubectl("get", "servicecidr", "kubernetes", "-o", "jsonpath={.status.conditions}"))
        .contains("\"Ready\"", "\"True\"");
    lab.kubectlWithInput(
        """
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: further}
        spec: {cidrs: [10.200.0.0/24]}
        """,
        "create",
        "-f",
        "-");
    lab.kubectl("wait", "--for=condition=Ready", "servicecidr/further", "--timeout=30s");
    lab.kubectl("create", "service", "clusterip", "far", "--clusterip=10.200.0.9", "--tcp=80");
    assertThat(lab.kubectl("get", "ipaddress", "10.200.0.9", "--no-headers"))
        .contains("services/default/far");
    lab.kubectl("delete", "servicecidr", "further", "--wait=false");
    lab.kubectl("wait", "--for=condition=Ready=False", "servicecidr/further", "--timeout=30s");
    lab.kubectl("delete", "service", "far");
    lab.kubectl("wait", "--for=delete", "servicecidr/further", "--timeout=60s");
  }

  @Test
  void badInputGetsTheRightError() {
    assertThat(lab.tryKubectl("", "get", "pods", "nobody").text())
        .contains("Error from server (NotFound): pods \"nobody\" not found");
    assertThat(lab.tryKubectl("", "get", "unicorns").text())
        .contains("the server doesn't have a resource type \"unicorns\"");
    assertThat(lab.tryKubectl(manifest("Bad_Name", 1), "create", "-f", "-").text())
        .contains("is invalid: metadata.name: Invalid value: \"Bad_Name\"");
    assertThat(
            lab.tryKubectl(
                    manifest("odd", 1).replace("replicas:", "replicsa:"), "create", "-f", "-")
                .text())
        .contains("strict decoding error: unknown field \"spec.replicsa\"");
    assertThat(
            lab.tryKubectl(
                    manifest("odd", 1).replace("replicas: 1", "replicas: many"),
                    "create",
                    "-f",
                    "-")
                .text())
        .contains("cannot be handled as a Deployment");
    assertThat(lab.tryKubectl("", "get", "pods", "-l", "a in (").code()).isNotZero();
    assertThat(lab.tryKubectl("", "get", "pods", "--as=nobody").text())
        .contains("User \"nobody\" cannot list resource \"pods\" in API group \"\"");
  }

  @Test
  void everyKindIsExplainedAndListed() {
    assertThat(lab.kubectl("explain", "pod.spec.containers")).contains("FIELDS:", "image");
    String resources = lab.kubectl("api-resources");
    assertThat(resources).contains("deployments", "horizontalpodautoscalers", "ingresses");
    for (String name :
        lab.kubectl("api-resources", "--verbs=list", "-o", "name").lines().toList()) {
      lab.kubectl("get", name, "--all-namespaces");
    }
  }

  private static String manifest(String name, int replicas) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: %s
      labels: {app: %s}
    spec:
      replicas: %d
      selector:
        matchLabels: {app: %s}
      template:
        metadata:
          labels: {app: %s}
        spec:
          containers:
          - name: main
            image: nginx
    """
        .formatted(name, name, replicas, name, name);
  }

  private static String image(String deployment) {
    return lab.kubectl(
        "get",
        "deployment",
        deployment,
        "-o",
        "jsonpath={.spec.template.spec.containers[0].image}");
  }

  private static String edit(String expression) {
    return lab.run(
            "",
            List.of(
                "env",
                "KUBE_EDITOR=sed -i '" + expression + "'",
                "kubectl",
                "edit",
                "deployment",
                "app"))
        .text();
  }

  private static Set<String> column(List<String> rows, int index) {
    return rows.stream().map(row -> row.split("\\s+")[index]).collect(Collectors.toSet());
  }

  /// Returns when the node's kube-proxy has opened the port: it programs its rules once a second.
  private static void awaitOpen(String host, int port) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try (var socket = new Socket(host, port)) {
        assertThat(socket.isConnected()).isTrue();
        return;
      } catch (IOException refused) {
        assertThat(System.nanoTime()).as("%s:%d: %s", host, port, refused).isLessThan(deadline);
        Thread.onSpinWait();
      }
    }
  }

  /// Which pods answer, over some connections.
  private static Set<String> answeringPods(String host, int port) throws Exception {
    awaitOpen(host, port);
    var pods = new HashSet<String>();
    for (int i = 0; i < 20; i++) {
      try (HttpClient client = HttpClient.newHttpClient()) {
        HttpResponse<String> response =
            client.send(
                HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("Welcome to nginx!");
        pods.add(response.headers().firstValue("X-Drydock-Pod").orElseThrow());
      }
    }
    return pods;
  }
}
