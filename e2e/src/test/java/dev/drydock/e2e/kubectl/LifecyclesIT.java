package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.client.resource.Kinds;
import dev.drydock.e2e.cluster.TestLab;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lives of objects from end to end, in the way of the newer conformance tests: what every kind's
/// addresses can do, and pods until they have ended. The objects are files.
@Timeout(
    value = 5,
    threadMode = Timeout.ThreadMode.SEPARATE_THREAD,
    unit = java.util.concurrent.TimeUnit.MINUTES)
class LifecyclesIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static TestLab lab;
  private static ApiProxy api;

  @BeforeAll
  static void start() throws IOException {
    lab = TestLab.start(1, 1);
    api = ApiProxy.of(lab);
  }

  @AfterAll
  static void stop() {
    api.close();
    lab.close();
  }

  @Test
  void everyKindGoesThroughAllThatItsAddressesCanDo() throws IOException {
    Map<String, Lifecycle> kinds = kinds();
    var softly = new SoftAssertions();
    for (String file : List.of("/kinds/with-status.yaml", "/kinds/without-status.yaml")) {
      for (JsonNode sample : YamlCodec.readAll(text(file))) {
        String kind =
            sample.path("apiVersion").stringValue("") + " " + sample.path("kind").stringValue("");
        softly
            .assertThatCode(
                () -> Objects.requireNonNull(kinds.get(kind), "served").walk((ObjectNode) sample))
            .as(kind)
            .doesNotThrowAnyException();
      }
    }
    softly.assertAll();
  }

  @Test
  void podsEndAsTheyShould() throws IOException {
    var pods = lab.watch(Kinds.POD);
    String manifests = text("/lifecycles/pods.yaml");
    Set<String> names =
        YamlCodec.readAll(manifests).stream()
            .map(pod -> pod.at("/metadata/name").stringValue(""))
            .collect(Collectors.toSet());
    lab.kubectlWithInput(manifests, "create", "-f", "-");
    List<Pod> ended =
        pods.await(
            "all pods end",
            PATIENCE,
            all ->
                all.stream().filter(pod -> names.contains(name(pod)) && isOver(pod)).count()
                    == names.size());
    var softly = new SoftAssertions();
    for (Pod pod : ended) {
      if (names.contains(name(pod))) {
        judge(pod, softly);
      }
    }
    softly.assertAll();
  }

  private static void judge(Pod pod, SoftAssertions softly) {
    Map<String, String> expected = pod.getMetadata().getAnnotations();
    softly.assertThat(pod.getStatus().getPhase()).as(name(pod)).isEqualTo(expected.get("phase"));
    softly.assertThat(pod.getStatus().getReason()).as(name(pod)).isEqualTo(expected.get("reason"));
    softly
        .assertThat(containers(pod))
        .as(name(pod))
        .allMatch(container -> container.getState().getRunning() == null);
    if (expected.containsKey("restarts")) {
      softly
          .assertThat(containers(pod).getFirst().getRestartCount())
          .as(name(pod))
          .isEqualTo(Integer.valueOf(expected.get("restarts")));
    }
    if (expected.containsKey("log")) {
      softly.assertThat(lab.kubectl("logs", name(pod))).as(name(pod)).contains(expected.get("log"));
    }
  }

  @Test
  void theKubeletSaysWhichGenerationItHasSeen() {
    var pods = lab.watch(Kinds.POD);
    lab.kubectl("run", "counted", "--image=nginx");
    pods.await("running", PATIENCE, all -> all.stream().anyMatch(pod -> hasSeen(pod, 1)));
    lab.kubectl("annotate", "pod", "counted", "a=b");
    lab.kubectl("patch", "pod", "counted", "-p", "{\"spec\":{\"activeDeadlineSeconds\":5000}}");
    pods.await(
        "the second is seen", PATIENCE, all -> all.stream().anyMatch(pod -> hasSeen(pod, 2)));
    assertThat(lab.kubectl("get", "pod", "counted", "-o", "jsonpath={.metadata.generation}"))
        .isEqualTo("2");
  }

  private static boolean hasSeen(Pod pod, long generation) {
    return name(pod).equals("counted")
        && "Running".equals(pod.getStatus().getPhase())
        && Objects.equals(pod.getStatus().getObservedGeneration(), generation)
        && pod.getStatus().getConditions().stream()
            .allMatch(one -> Objects.equals(one.getObservedGeneration(), generation));
  }

  @Test
  void aFurtherRangeOfServiceAddressesServes() {
    lab.kubectlWithInput(
        """
        apiVersion: networking.k8s.io/v1
        kind: ServiceCIDR
        metadata: {name: further}
        spec: {cidrs: [10.201.0.0/28]}
        """,
        "create",
        "-f",
        "-");
    lab.kubectl("wait", "servicecidr/further", "--for=condition=Ready", "--timeout=60s");
    lab.kubectl("wait", "servicecidr/kubernetes", "--for=condition=Ready", "--timeout=60s");
    lab.kubectl("create", "service", "clusterip", "s", "--clusterip=10.201.0.5", "--tcp=80");
    assertThat(lab.kubectl("get", "ipaddress", "10.201.0.5", "-o", "wide"))
        .contains("services/default/s");
    lab.kubectl("delete", "servicecidr", "further", "--wait=false");
    lab.kubectl("wait", "servicecidr/further", "--for=condition=Ready=False", "--timeout=60s");
  }

  /// By `apiVersion kind`.
  private static Map<String, Lifecycle> kinds() {
    Map<String, Lifecycle> kinds = new HashMap<>();
    for (String root : List.of("/api", "/apis")) {
      for (JsonNode group : api.get(root, AGGREGATED).body().path("items")) {
        String name = group.path("metadata").path("name").stringValue("");
        for (JsonNode version : group.path("versions")) {
          String apiVersion =
              (name.isEmpty() ? "" : name + "/") + version.path("version").stringValue("");
          for (JsonNode resource : version.path("resources")) {
            boolean namespaced = resource.path("scope").stringValue("").equals("Namespaced");
            String path =
                root
                    + "/"
                    + apiVersion
                    + (namespaced ? "/namespaces/default/" : "/")
                    + resource.path("resource").stringValue("");
            kinds.put(
                apiVersion + " " + resource.path("responseKind").path("kind").stringValue(""),
                new Lifecycle(api, path, texts(resource.path("verbs")), statusVerbs(resource)));
          }
        }
      }
    }
    return kinds;
  }

  private static List<String> statusVerbs(JsonNode resource) {
    for (JsonNode part : resource.path("subresources")) {
      if (part.path("subresource").stringValue("").equals("status")) {
        return texts(part.path("verbs"));
      }
    }
    return List.of();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(one -> texts.add(one.stringValue("")));
    return texts;
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private static boolean isOver(Pod pod) {
    return Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase());
  }

  private static List<ContainerStatus> containers(Pod pod) {
    return Stream.concat(
            pod.getStatus().getContainerStatuses().stream(),
            pod.getStatus().getInitContainerStatuses().stream())
        .toList();
  }

  private static String text(String file) throws IOException {
    try (var in = LifecyclesIT.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
