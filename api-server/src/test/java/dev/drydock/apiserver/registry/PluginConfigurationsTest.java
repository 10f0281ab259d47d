package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.drydock.apiserver.admission.AdmissionChoice;
import dev.drydock.apiserver.admission.PluginConfigurations;
import dev.drydock.apiserver.request.ReadOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Admission plugins that are told more by `--admission-control-config-file`.
class PluginConfigurationsTest {
  private static final String POD =
      "{metadata: {name: %s}, spec: {containers: [{name: c, image: %s}]}}";
  private final RegistryFixture api = new RegistryFixture();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    api.close();
  }

  private Registry with(String plugin, String configuration) {
    return api.configured(
        new AdmissionChoice(List.of(plugin), List.of(), configurations(plugin, configuration)));
  }

  private PluginConfigurations configurations(String plugin, String configuration) {
    try {
      Files.writeString(directory.resolve("plugin.yaml"), configuration);
      return PluginConfigurations.read(
          Files.writeString(
              directory.resolve("admission.yaml"),
              """
              apiVersion: apiserver.config.k8s.io/v1
              kind: AdmissionConfiguration
              plugins: [{name: %s, path: plugin.yaml}]
              """
                  .formatted(plugin)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until the cache, which rules look into, has what was written of that resource.
  private void settled(String resource, String namespace) {
    api.list(resource, namespace, ReadOptions.NONE);
  }

  private ObjectNode create(Registry registry, String resource, String namespace, String loose) {
    return registry
        .create(api.context, target(resource, namespace, ""), json(loose), RegistryFixture.STORED)
        .object()
        .tree();
  }

  @Test
  void namespacesAreMadeForWhatIsCreatedInThem() {
    Registry registry =
        api.configured(new AdmissionChoice(List.of("NamespaceAutoProvision"), List.of()));
    create(registry, "configmaps", "unheard", "{metadata: {name: a}}");
    assertThat(registry.get(api.context, target("namespaces", "", "unheard"), ReadOptions.NONE))
        .isNotNull();
  }

  @Test
  void eventsAreLimitedByWhatTheyHaveInCommon() {
    Registry registry =
        with(
            "EventRateLimit",
            """
            apiVersion: eventratelimit.admission.k8s.io/v1alpha1
            kind: Configuration
            limits: [{type: Namespace, qps: 1, burst: 2}, {type: Server, qps: 100, burst: 100}]
            """);
    String event =
        "{metadata: {name: %s}, involvedObject: {kind: Pod, name: p, namespace: default}}";
    create(registry, "events", "default", event.formatted("a"));
    create(registry, "events", "default", event.formatted("b"));
    assertThatThrownBy(() -> create(registry, "events", "default", event.formatted("c")))
        .hasMessage("limit reached on type Namespace for key default");
    api.clock.advance(Duration.ofSeconds(1));
    create(registry, "events", "default", event.formatted("d"));
    assertThatThrownBy(
            () -> api.configured(new AdmissionChoice(List.of("EventRateLimit"), List.of())))
        .hasMessage("EventRateLimit: limits: Invalid value: []: must not be empty");
  }

  @Test
  void podsTolerateWhatTheirNamespaceAddsAndNothingThatItDoesNotAllow() {
    Registry registry =
        with(
            "PodTolerationRestriction",
            """
            apiVersion: podtolerationrestriction.admission.k8s.io/v1alpha1
            kind: Configuration
            default: [{key: team, operator: Exists}]
            whitelist: [{key: team, operator: Exists}, {operator: Exists, effect: NoExecute}]
            """);
    ObjectNode pod = create(registry, "pods", "default", POD.formatted("a", "nginx"));
    assertThat(pod.at("/spec/tolerations/2").toString())
        .isEqualTo("{\"key\":\"team\",\"operator\":\"Exists\"}");
    assertThatThrownBy(
            () ->
                create(
                    registry,
                    "pods",
                    "default",
                    "{metadata: {name: b}, spec: {tolerations: [{key: x, operator: Exists}],"
                        + " containers: [{name: c, image: nginx}]}}"))
        .hasMessageContaining("conflict with its cluster whitelist");
    api.merge(
        "namespaces",
        "",
        "default",
        "{metadata: {annotations: {'scheduler.alpha.kubernetes.io/tolerationsWhitelist': '',"
            + " 'scheduler.alpha.kubernetes.io/defaultTolerations': '[]'}}}");
    settled("namespaces", "");
    assertThat(
            create(registry, "pods", "default", POD.formatted("c", "nginx"))
                .at("/spec/tolerations"))
        .hasSize(2);
  }

  @Test
  void podSecurityHasDefaultsAndExemptions() {
    Registry registry =
        with(
            "PodSecurity",
            """
            apiVersion: pod-security.admission.config.k8s.io/v1
            kind: PodSecurityConfiguration
            defaults: {enforce: restricted, enforce-version: latest}
            exemptions: {namespaces: [free]}
            """);
    assertThatThrownBy(() -> create(registry, "pods", "default", POD.formatted("a", "nginx")))
        .hasMessageContaining("violates PodSecurity \"restricted:latest\"");
    create(registry, "namespaces", "", "{metadata: {name: free}}");
    create(registry, "serviceaccounts", "free", "{metadata: {name: default}}");
    settled("namespaces", "");
    settled("serviceaccounts", "free");
    create(registry, "pods", "free", POD.formatted("a", "nginx"));
    api.merge(
        "namespaces",
        "",
        "default",
        "{metadata: {labels: {'pod-security.kubernetes.io/enforce': privileged}}}");
    settled("namespaces", "");
    create(registry, "pods", "default", POD.formatted("a", "nginx"));
  }

  @Test
  void podsMayChooseOnlyTheNodesOfTheirNamespace() {
    Registry registry =
        with(
            "PodNodeSelector",
            """
            podNodeSelectorPluginConfig:
              clusterDefaultNodeSelector: zone=a
              default: zone=a,disk=ssd
            """);
    assertThat(
            create(registry, "pods", "default", POD.formatted("a", "nginx"))
                .at("/spec/nodeSelector/zone")
                .asString())
        .isEqualTo("a");
    assertThatThrownBy(
            () ->
                create(
                    registry,
                    "pods",
                    "default",
                    "{metadata: {name: b}, spec: {nodeSelector: {disk: hdd},"
                        + " containers: [{name: c, image: nginx}]}}"))
        .hasMessageContaining(
            "pod node label selector labels conflict with its namespace whitelist");
  }

  @Test
  void whatIsLimitedNeedsAQuota() {
    Registry registry =
        with(
            "ResourceQuota",
            """
            apiVersion: apiserver.config.k8s.io/v1
            kind: ResourceQuotaConfiguration
            limitedResources:
            - resource: pods
              matchScopes:
              - {scopeName: PriorityClass, operator: In, values: [high]}
            - {resource: configmaps, matchContains: [configmaps]}
            """);
    create(
        registry,
        "scheduling.k8s.io/v1/priorityclasses",
        "",
        "{metadata: {name: high}, value: 100}");
    settled("scheduling.k8s.io/v1/priorityclasses", "");
    String important =
        "{metadata: {name: %s}, spec: {priorityClassName: high,"
            + " containers: [{name: c, image: nginx}]}}";
    create(registry, "pods", "default", POD.formatted("a", "nginx"));
    assertThatThrownBy(() -> create(registry, "pods", "default", important.formatted("b")))
        .hasMessage(
            "pods \"b\" is forbidden: insufficient quota to match these scopes: [{PriorityClass In"
                + " [high]}]");
    assertThatThrownBy(() -> create(registry, "configmaps", "default", "{metadata: {name: a}}"))
        .hasMessage(
            "configmaps \"a\" is forbidden: insufficient quota to consume:"
                + " configmaps,count/configmaps");
    create(
        registry,
        "resourcequotas",
        "default",
        "{metadata: {name: q}, spec: {hard: {pods: '5'}, scopeSelector: {matchExpressions:"
            + " [{scopeName: PriorityClass, operator: In, values: [high]}]}}}");
    settled("resourcequotas", "default");
    create(registry, "pods", "default", important.formatted("c"));
  }

  @Test
  void aServerSaysWhichImagesMayRun() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer =
              (asked.contains("\"image\":\"nginx\"")
                      ? "{\"status\": {\"allowed\": true}}"
                      : "{\"status\": {\"allowed\": false, \"reason\": \"not ours\"}}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      Files.writeString(
          directory.resolve("server.yaml"),
          """
          {apiVersion: v1, kind: Config, current-context: it,
           contexts: [{name: it, context: {cluster: there}}],
           clusters: [{name: there, cluster: {server: 'http://127.0.0.1:%d/'}}]}
          """
              .formatted(server.getAddress().getPort()));
      Registry registry =
          with("ImagePolicyWebhook", "imagePolicy: {kubeConfigFile: server.yaml, denyTTL: -1}");
      create(registry, "pods", "default", POD.formatted("a", "nginx"));
      assertThatThrownBy(() -> create(registry, "pods", "default", POD.formatted("b", "evil")))
          .hasMessage(
              "pods \"b\" is forbidden: image policy webhook backend denied one or more images:"
                  + " not ours");
      server.stop(0);
      create(registry, "pods", "default", POD.formatted("c", "nginx"));
      assertThatThrownBy(() -> create(registry, "pods", "default", POD.formatted("d", "evil")))
          .hasMessageContaining("is forbidden");
    } finally {
      server.stop(0);
    }
  }
}
