package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static dev.drydock.apiserver.registry.RegistryFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Webhooks and policies, through the registry.
class AdmissionExtensionsTest {
  private static final String GROUP = "admissionregistration.k8s.io/v1/";
  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private void configure(String resource, String json) {
    api.registry.create(
        api.context,
        RegistryFixture.target(GROUP + resource, "", ""),
        (ObjectNode) RegistryFixture.JSON.readTree(json),
        RegistryFixture.STORED);
    api.list(GROUP + resource, "", ReadOptions.NONE);
  }

  private void webhook(String resource, String client, String more) {
    configure(
        resource,
        """
        {"metadata": {"name": "test"}, "webhooks": [{"name": "a.b.c", "sideEffects": "None",
          "admissionReviewVersions": ["v1"], "clientConfig": %s,
          "rules": [{"operations": ["CREATE", "DELETE"], "apiGroups": [""],
            "apiVersions": ["v1"], "resources": ["configmaps"]}]%s}]}
        """
            .formatted(client, more));
  }

  private void policy(String spec, String bindingSpec) {
    configure(
        "validatingadmissionpolicies",
        """
        {"metadata": {"name": "p"}, "spec": {"matchConstraints": {"resourceRules": [
          {"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"],
           "resources": ["configmaps"]}]}, %s}}
        """
            .formatted(spec));
    configure(
        "validatingadmissionpolicybindings",
        """
        {"metadata": {"name": "b"}, "spec": {"policyName": "p", %s}}
        """
            .formatted(bindingSpec));
  }

  private JsonNode createMap(String name, String data) {
    return api.create(
            "configmaps", "default", "{metadata: {name: " + name + "}, data: " + data + "}")
        .object()
        .tree();
  }

  @Test
  void aWebhookSeesAndChangesTheVersionThatItAskedFor() throws Exception {
    try (var server =
        new WebhookServer(
            _ ->
                WebhookServer.patch(
                    "[{\"op\": \"replace\", \"path\": \"/spec/maxReplicas\", \"value\": 7}]"))) {
      configure(
          "mutatingwebhookconfigurations",
          """
          {"metadata": {"name": "test"}, "webhooks": [{"name": "a.b.c", "sideEffects": "None",
            "admissionReviewVersions": ["v1"], "clientConfig": %s,
            "rules": [{"operations": ["CREATE"], "apiGroups": ["autoscaling"],
              "apiVersions": ["v1"], "resources": ["horizontalpodautoscalers"]}]}]}
          """
              .formatted(server.byUrl()));
      JsonNode stored =
          api.create(
                  "autoscaling/v2/horizontalpodautoscalers",
                  "default",
                  "{metadata: {name: h}, spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment,"
                      + " name: d, apiVersion: 'apps/v1'}, metrics: [{type: Resource, resource:"
                      + " {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]}}")
              .object()
              .tree();
      JsonNode request = server.asked.getFirst().path("request");
      assertThat(request.at("/object/apiVersion").stringValue()).isEqualTo("autoscaling/v1");
      assertThat(request.at("/object/spec/targetCPUUtilizationPercentage").intValue())
          .isEqualTo(50);
      assertThat(request.at("/requestKind/version").stringValue()).isEqualTo("v2");
      assertThat(stored.at("/spec/maxReplicas").intValue()).isEqualTo(7);
      assertThat(stored.at("/spec/metrics/0/resource/target/averageUtilization").intValue())
          .isEqualTo(50);
    }
  }

  @Test
  void aWebhookInASimulatedPodIsReachedThroughItsKubelet() throws Exception {
    try (var server = new WebhookServer(_ -> "{\"allowed\": true}")) {
      var ways = new CopyOnWriteArrayList<String>();
      api.pods =
          (kubelet, pod) -> {
            ways.add(kubelet.getPort() + " " + pod.getHostString() + ":" + pod.getPort());
            return new Socket(InetAddress.getLoopbackAddress(), server.port());
          };
      api.create("nodes", "", "{metadata: {name: n1}}");
      api.registry.patch(
          api.context,
          new Target(type("nodes"), "", "n1", "status"),
          new PatchBody.Merge(
              json(
                  "{status: {daemonEndpoints: {kubeletEndpoint: {Port: 10250}}, addresses: [{type:"
                      + " InternalIP, address: '127.0.0.1'}]}}")),
          RegistryFixture.STORED);
      api.create("services", "default", "{metadata: {name: hook}, spec: {ports: [{port: 443}]}}");
      api.create(
          "discovery.k8s.io/v1/endpointslices",
          "default",
          "{metadata: {name: hook-1, labels: {\"kubernetes.io/service-name\": hook}},"
              + " addressType: IPv4, ports: [{port: 8443, name: \"\"}], endpoints: [{addresses:"
              + " [\"10.244.0.5\"], nodeName: n1, conditions: {ready: true}}]}");
      webhook(
          "validatingwebhookconfigurations",
          "{\"service\": {\"namespace\": \"default\", \"name\": \"hook\"}, \"caBundle\": \""
              + server.ca()
              + "\"}",
          "");
      createMap("a", "{k: v}");
      assertThat(ways).containsExactly("10250 10.244.0.5:8443");
      assertThat(server.asked).hasSize(1);
    }
  }

  @Test
  void aValidatingWebhookDeniesInItsOwnWordsAndWarns() throws Exception {
    try (var server =
        new WebhookServer(
            request ->
                request.path("name").stringValue("").equals("good")
                    ? "{\"allowed\": true, \"warnings\": [\"mind the gap\"]}"
                    : "{\"allowed\": false, \"status\": {\"message\": \"no way\","
                        + " \"code\": 403, \"reason\": \"Forbidden\"}}")) {
      webhook("validatingwebhookconfigurations", server.byUrl(), "");
      createMap("good", "{a: b}");
      assertThat(api.warnings).containsExactly("mind the gap");
      assertThatThrownBy(() -> createMap("bad", "{a: b}"))
          .isInstanceOf(ApiException.class)
          .hasMessage("admission webhook \"a.b.c\" denied the request: no way")
          .extracting(e -> ((ApiException) e).status().code())
          .isEqualTo(403);
      JsonNode request = server.asked.getFirst().path("request");
      assertThat(text(request, "/operation")).isEqualTo("CREATE");
      assertThat(text(request, "/kind/kind")).isEqualTo("ConfigMap");
      assertThat(text(request, "/resource/resource")).isEqualTo("configmaps");
      assertThat(text(request, "/userInfo/username")).isEqualTo("kubernetes-admin");
      assertThat(text(request, "/object/data/a")).isEqualTo("b");
      assertThat(text(request, "/options/kind")).isEqualTo("CreateOptions");
      assertThat(request.path("oldObject").isNull()).isTrue();
    }
  }

  @Test
  void aDeletionShowsTheOldObject() throws Exception {
    try (var server = new WebhookServer(_ -> "{\"allowed\": true}")) {
      createMap("a", "{k: v}");
      webhook("validatingwebhookconfigurations", server.byUrl(), "");
      api.delete("configmaps", "default", "a");
      JsonNode request = server.asked.getFirst().path("request");
      assertThat(text(request, "/operation")).isEqualTo("DELETE");
      assertThat(text(request, "/oldObject/data/k")).isEqualTo("v");
      assertThat(request.path("object").isNull()).isTrue();
    }
  }

  @Test
  void aMutatingWebhookChangesWhatIsStored() throws Exception {
    try (var server =
        new WebhookServer(
            _ ->
                WebhookServer.patch(
                    "[{\"op\": \"add\", \"path\": \"/data/added\", \"value\": \"yes\"}]"))) {
      webhook("mutatingwebhookconfigurations", server.byUrl(), "");
      assertThat(text(createMap("a", "{k: v}"), "/data/added")).isEqualTo("yes");
    }
  }

  @Test
  void aWebhookBehindAServiceIsReachedThroughItsEndpoints() throws Exception {
    try (var server = new WebhookServer(_ -> "{\"allowed\": false}")) {
      api.create(
          "services",
          "default",
          "{metadata: {name: hook}, spec: {clusterIP: None, ports: [{port: 443}]}}");
      api.create(
          "discovery.k8s.io/v1/endpointslices",
          "default",
          "{metadata: {name: hook-1, labels: {\"kubernetes.io/service-name\": hook}},"
              + " addressType: IPv4, ports: [{port: "
              + server.port()
              + ", name: \"\"}], endpoints: [{addresses: [\"10.0.0.1\"], conditions: {ready:"
              + " false}}]}");
      webhook(
          "validatingwebhookconfigurations",
          "{\"service\": {\"namespace\": \"default\", \"name\": \"hook\"}, \"caBundle\": \""
              + server.ca()
              + "\"}",
          "");
      assertThatThrownBy(() -> createMap("a", "{k: v}"))
          .hasMessage(
              "Internal error occurred: failed calling webhook \"a.b.c\": failed to call webhook:"
                  + " Post \"https://hook.default.svc:443/?timeout=10s\": no endpoints available"
                  + " for service \"hook\"");
    }
  }

  @Test
  void aWebhookThatIsNotThereFailsOrIsIgnoredAsItsPolicySays() {
    String nowhere = "{\"url\": \"https://127.0.0.1:1/\"}";
    webhook("validatingwebhookconfigurations", nowhere, ", \"failurePolicy\": \"Ignore\"");
    createMap("a", "{k: v}");
    webhook("mutatingwebhookconfigurations", nowhere, "");
    assertThatThrownBy(() -> createMap("b", "{k: v}"))
        .hasMessage(
            "Internal error occurred: failed calling webhook \"a.b.c\": failed to call webhook:"
                + " Post \"https://127.0.0.1:1/?timeout=10s\": dial tcp 127.0.0.1:1: connect:"
                + " connection refused")
        .extracting(e -> ((ApiException) e).reason())
        .isEqualTo(StatusReason.INTERNAL_ERROR);
  }

  @Test
  void selectorsAndConditionsKeepWebhooksOut() throws Exception {
    try (var server = new WebhookServer(_ -> "{\"allowed\": false}")) {
      webhook(
          "validatingwebhookconfigurations",
          server.byUrl(),
          ", \"objectSelector\": {\"matchLabels\": {\"watched\": \"yes\"}}, \"matchConditions\":"
              + " [{\"name\": \"c\", \"expression\": \"object.metadata.name != 'free'\"}]");
      createMap("a", "{k: v}");
      api.create("configmaps", "default", "{metadata: {name: free, labels: {watched: \"yes\"}}}");
      assertThat(server.asked).isEmpty();
      assertThatThrownBy(
              () ->
                  api.create(
                      "configmaps", "default", "{metadata: {name: b, labels: {watched: \"yes\"}}}"))
          .hasMessage("admission webhook \"a.b.c\" denied the request without explanation");
    }
  }

  @Test
  void configurationsAreChecked() {
    assertThatThrownBy(
            () ->
                configure(
                    "validatingwebhookconfigurations",
                    """
                    {"metadata": {"name": "x"}, "webhooks": [{"name": "short",
                      "clientConfig": {"url": "http://a/"}, "rules": [], "timeoutSeconds": 40,
                      "sideEffects": "Some", "admissionReviewVersions": ["v9"]}]}
                    """))
        .hasMessageContaining("should be a domain with at least three segments separated by dots")
        .hasMessageContaining("'https' is the only allowed URL scheme")
        .hasMessageContaining("the timeout value must be between 1 and 30 seconds")
        .hasMessageContaining("webhooks[0].sideEffects: Unsupported value: \"Some\"")
        .hasMessageContaining("must include at least one of v1, v1beta1");
  }

  @Test
  void aPolicyDeniesWithItsMessage() {
    policy(
        """
        "variables": [{"name": "n", "expression": "size(object.data)"}],
        "validations": [
          {"expression": "variables.n < 2", "messageExpression": "'has ' + string(variables.n)"},
          {"expression": "!('bad' in object.data)"}]
        """,
        "\"validationActions\": [\"Deny\"]");
    createMap("fine", "{a: b}");
    assertThatThrownBy(() -> createMap("many", "{a: b, c: d}"))
        .hasMessage(
            "configmaps \"many\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b'"
                + " denied request: has 2")
        .extracting(e -> ((ApiException) e).status().code())
        .isEqualTo(422);
    assertThatThrownBy(() -> createMap("bad", "{bad: b}"))
        .hasMessageEndingWith("denied request: failed expression: !('bad' in object.data)");
    assertThatThrownBy(() -> api.create("configmaps", "default", "{metadata: {name: none}}"))
        .hasMessageContaining("resulted in error:")
        .hasMessageContaining("no such key: data");
  }

  @Test
  void aPolicyCanWarnOnlyAndTakesParameters() {
    api.create("configmaps", "default", "{metadata: {name: limits}, data: {most: \"1\"}}");
    policy(
        """
        "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"},
        "validations": [{"expression": "size(object.data) <= int(params.data.most)",
          "message": "too much"}]
        """,
        """
        "validationActions": ["Warn"], "paramRef": {"name": "limits", "namespace": "default",
          "parameterNotFoundAction": "Deny"}
        """);
    createMap("many", "{a: b, c: d}");
    assertThat(api.warnings)
        .containsExactly(
            "Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': too much");
    api.delete("configmaps", "default", "limits");
    api.list("configmaps", "default", ReadOptions.NONE);
    assertThatThrownBy(() -> createMap("other", "{a: b}"))
        .hasMessageContaining("no params found for policy binding with `Deny`");
  }

  @Test
  void aPolicyThatDoesNotCompileIsRefused() {
    assertThatThrownBy(
            () ->
                policy(
                    "\"validations\": [{\"expression\": \"object.x +\"}, {\"expression\": \"1\"}]",
                    ""))
        .hasMessageContaining(
            "spec.validations[0].expression: Invalid value: \"object.x +\": compilation failed:"
                + " ERROR: <input>:1:11: Syntax error: mismatched input '<EOF>'")
        .hasMessageContaining(
            "spec.validations[1].expression: Invalid value: \"1\": must evaluate to bool but got"
                + " int");
  }

  @Test
  void mutatingPoliciesApplyAndPatch() {
    configure(
        "mutatingadmissionpolicies",
        """
        {"metadata": {"name": "m"}, "spec": {"reinvocationPolicy": "Never",
          "matchConstraints": {"resourceRules": [{"operations": ["CREATE"], "apiGroups": [""],
            "apiVersions": ["v1"], "resources": ["configmaps"]}]},
          "mutations": [
            {"patchType": "ApplyConfiguration", "applyConfiguration": {"expression":
              "Object{metadata: Object.metadata{labels: {'by': 'policy'}}}"}},
            {"patchType": "JSONPatch", "jsonPatch": {"expression":
              "[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('x/y'), value: 'z'}]"}}
          ]}}
        """);
    configure(
        "mutatingadmissionpolicybindings",
        "{\"metadata\": {\"name\": \"b\"}, \"spec\": {\"policyName\": \"m\"}}");
    JsonNode created = createMap("a", "{k: v}");
    assertThat(text(created, "/metadata/labels/by")).isEqualTo("policy");
    assertThat(text(created, "/metadata/labels/x~1y")).isEqualTo("z");
  }

  @Test
  void aDryRunAsksWebhooksThatAllowIt() throws Exception {
    try (var server = new WebhookServer(_ -> "{\"allowed\": true}")) {
      webhook("validatingwebhookconfigurations", server.byUrl(), "");
      WriteOptions dry = RegistryFixture.DRY_RUN;
      api.registry.create(
          api.context,
          RegistryFixture.target("configmaps", "default", ""),
          RegistryFixture.json("{metadata: {name: a}}"),
          dry);
      JsonNode request = server.asked.getFirst().path("request");
      assertThat(request.path("dryRun").booleanValue()).isTrue();
      assertThat(text(request, "/options/dryRun/0")).isEqualTo("All");
    }
  }
}
