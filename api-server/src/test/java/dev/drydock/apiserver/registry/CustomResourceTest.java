package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.CronTabs.CRONTABS;
import static dev.drydock.apiserver.registry.CronTabs.DEFINITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ListForm;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The life of custom resources, from the definition to its end.
@Timeout(60)
class CustomResourceTest {
  private final CronTabs tabs = new CronTabs();

  @AfterEach
  void close() {
    tabs.close();
  }

  @Test
  void aTypeIsServedBeforeItIsSaidToBeEstablished() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);
    assertThat(tabs.saidBefore).isCompletedWithValue(false);
  }

  @Test
  void aDefinitionIsServedAndItsObjectsLive() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);

    ObjectNode made =
        tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '* *', replicas: 2}}")
            .object()
            .tree();

    assertThat(RegistryFixture.text(made, "/spec/image")).isEqualTo("busybox");
    assertThat(RegistryFixture.text(made, "/metadata/generation")).isEqualTo("1");
    assertThat(made.at("/metadata/managedFields/0/fieldsV1").toString())
        .isEqualTo("{\"f:spec\":{\".\":{},\"f:cronSpec\":{},\"f:image\":{},\"f:replicas\":{}}}");
    assertThat(RegistryFixture.text(tabs.get("v1beta1", "a"), "/apiVersion"))
        .isEqualTo("stable.example.com/v1beta1");
    assertThat(tabs.fixture.warnings).contains("stable.example.com/v1beta1 CronTab is deprecated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{metadata: {name: a}} | (must be of type CronTab): Object 'Kind' is missing in"
            + " '{\"metadata\":{\"name\":\"a\"}}' ({\"metadata\":{\"name\":\"a\"}})",
        "{kind: CronTab} | the API version in the data () does not match the expected API version"
            + " (stable.example.com/v1)",
        "{kind: Odd, apiVersion: stable.example.com/v1, metadata: {name: a}} |"
            + " Odd.stable.example.com \"a\" is invalid: kind: Invalid value: \"Odd\": must be"
            + " CronTab",
      })
  void anObjectSaysWhatItIs(String loose, String refusal) throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);

    assertThatThrownBy(() -> tabs.send("v1", CronTabs.yaml(loose)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(refusal);
  }

  @Test
  void whatDoesNotFitTheSchemaIsRefused() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);

    assertThatThrownBy(
            () -> tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: x, replicas: many}}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("spec.cronSpec: Invalid value: \"x\": spec.cronSpec in body should")
        .hasMessageContaining(
            "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type"
                + " integer: \"string\"");
    assertThatThrownBy(() -> tabs.create("v1", "{metadata: {name: a}, spec: {}}"))
        .hasMessageContaining("spec.cronSpec: Required value");
    assertThatThrownBy(
            () -> tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', foo: 1}}"))
        .hasMessageContaining("strict decoding error: unknown field \"spec.foo\"");
  }

  @Test
  void statusAndScaleHaveAddressesOfTheirOwn() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);
    tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', replicas: 2}}");

    tabs.merge(
        "status", "a", "{metadata: {labels: {x: z}}, spec: {replicas: 7}, status: {replicas: 2}}");
    tabs.merge("scale", "a", "{spec: {replicas: 5}}");
    ObjectNode now = tabs.get("v1", "a");

    assertThat(RegistryFixture.text(now, "/spec/replicas")).isEqualTo("5");
    assertThat(RegistryFixture.text(now, "/status/replicas")).isEqualTo("2");
    assertThat(now.at("/metadata/labels").isMissingNode()).isTrue();
    assertThat(RegistryFixture.text(now, "/metadata/generation")).isEqualTo("2");
    assertThat(now.at("/metadata/managedFields").toString())
        .contains("\"fieldsV1\":{\"f:spec\":{\"f:replicas\":{}}},\"subresource\":\"scale\"");
  }

  @Test
  void rulesAreKept() throws InterruptedException {
    tabs.define(
        CRONTABS.replace(
            "required: [cronSpec]",
            "x-kubernetes-validations: [{rule: 'self.replicas <= 3', message: too many},"
                + " {rule: 'self.cronSpec == oldSelf.cronSpec', reason: FieldValueForbidden,"
                + " fieldPath: .cronSpec}]"));
    tabs.awaitServed(1);
    tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', replicas: 2}}");

    assertThatThrownBy(() -> tabs.merge("", "a", "{spec: {replicas: 4}}"))
        .hasMessageContaining("spec: Invalid value: too many");
    assertThatThrownBy(() -> tabs.merge("", "a", "{spec: {cronSpec: '**'}}"))
        .hasMessageContaining(
            "spec.cronSpec: Forbidden: failed rule: self.cronSpec == oldSelf.cronSpec");
    assertThatThrownBy(
            () ->
                tabs.define(
                    CRONTABS.replace(
                        "required: [cronSpec]",
                        "x-kubernetes-validations: [{rule: 'self.nothing'}]")))
        .hasMessageContaining("x-kubernetes-validations[0].rule: Invalid value:")
        .hasMessageContaining("compilation failed: ERROR: <input>:1:5: undefined field 'nothing'");
  }

  @Test
  void rulesThatCouldCostTooMuchAreRefused() {
    assertThatThrownBy(
            () ->
                tabs.define(
                    CRONTABS.replace(
                        "required: [cronSpec]",
                        "x-kubernetes-validations: [{rule:"
                            + " 'self.cronSpec.matches(self.cronSpec)'}]")))
        .hasMessageContaining(
            "x-kubernetes-validations[0].rule: Forbidden: estimated rule cost exceeds budget by"
                + " factor of more than 100x (try simplifying the rule, or adding maxItems,")
        .hasMessageContaining("estimated rule cost total for entire OpenAPIv3 schema exceeds");
  }

  /// A webhook: version `v1beta1` calls the image a picture.
  private static String converted(JsonNode request) {
    ObjectNode object = (ObjectNode) request.at("/objects/0").deepCopy();
    String wanted = request.at("/desiredAPIVersion").stringValue();
    boolean older = wanted.endsWith("v1beta1");
    ObjectNode spec = (ObjectNode) object.get("spec");
    JsonNode value = spec.remove(older ? "image" : "picture");
    spec.set(older ? "picture" : "image", value);
    object.put("apiVersion", wanted);
    return "{\"result\": {\"status\": \"Success\"}, \"convertedObjects\": [" + object + "]}";
  }

  @Test
  void aWebhookConvertsBetweenVersions() throws Exception {
    try (var webhook = new WebhookServer(CustomResourceTest::converted)) {
      tabs.define(
          CRONTABS.replace(
              "scope: Namespaced,",
              "scope: Namespaced, conversion: {strategy: Webhook, webhook:"
                  + " {conversionReviewVersions: [v1], clientConfig: "
                  + webhook.byUrl()
                  + "}},"));
      tabs.awaitServed(1);

      tabs.create("v1beta1", "{metadata: {name: a}, spec: {cronSpec: '*', picture: nginx}}");
      var told = new LinkedBlockingQueue<String>();
      ObjectReader.Subscription watch =
          tabs.fixture.registry.watch(
              tabs.fixture.context,
              new Target(tabs.type("v1beta1"), "", "", ""),
              ReadOptions.NONE,
              new ToldLines(told));

      assertThat(RegistryFixture.text(tabs.get("v1", "a"), "/spec/image")).isEqualTo("nginx");
      assertThat(RegistryFixture.text(tabs.get("v1beta1", "a"), "/spec/picture"))
          .isEqualTo("nginx");
      assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED a");
      watch.close();
    }
  }

  @Test
  void aScaleNeedsANumberOfReplicas() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);
    tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    var scale = new Target(tabs.type("v1"), "default", "a", "scale");

    assertThatThrownBy(
            () -> tabs.fixture.registry.get(tabs.fixture.context, scale, ReadOptions.NONE))
        .hasMessage(
            "Internal error occurred: the spec replicas field \".spec.replicas\" does not exist");
    assertThat(
            RegistryFixture.text(
                tabs.merge("scale", "a", "{spec: {replicas: 5}}").object().tree(),
                "/spec/replicas"))
        .isEqualTo("5");
  }

  @Test
  void objectsGoWithADefinitionThatServesNoVersion() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);
    tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    ObjectNode definition = tabs.fixture.get(DEFINITIONS, "", "crontabs.stable.example.com");
    for (JsonNode version : definition.at("/spec/versions")) {
      ((ObjectNode) version).put("served", false);
    }
    tabs.fixture.update(DEFINITIONS, "", definition);
    tabs.awaitServed(1);

    tabs.fixture.delete(DEFINITIONS, "", "crontabs.stable.example.com");
    tabs.awaitServed(0);

    assertThat(
            tabs.fixture
                .store
                .list(new StorePrefix("/registry/stable.example.com/"), Page.ALL)
                .items())
        .isEmpty();
  }

  @Test
  void listsAreOfTheKindThatTheDefinitionNames() throws InterruptedException {
    tabs.define(CRONTABS.replace("kind: CronTab,", "kind: CronTab, listKind: Tabs,"));
    tabs.awaitServed(1);

    assertThat(tabs.types.listForm(tabs.type("v1")))
        .isEqualTo(new ListForm("Tabs", ListForm.Shape.UNTYPED));
    assertThat(tabs.types.listForm(RegistryFixture.type("pods")))
        .isEqualTo(new ListForm("PodList", ListForm.Shape.TYPED));
  }

  @Test
  void theEndOfADefinitionTakesItsObjectsAlong() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);
    tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    ResourceType type = tabs.type("v1");
    var told = new LinkedBlockingQueue<String>();
    ObjectReader.Subscription watch =
        tabs.fixture.registry.watch(
            tabs.fixture.context,
            new Target(type, "", "", ""),
            ReadOptions.NONE,
            new ToldLines(told));
    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED a");

    tabs.fixture.delete(DEFINITIONS, "", "crontabs.stable.example.com");
    tabs.awaitServed(0);

    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("DELETED a");
    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("COMPLETED");
    watch.close();
    assertThat(tabs.types.find("stable.example.com", "v1", "crontabs")).isEmpty();
    assertThatThrownBy(
            () ->
                tabs.fixture.registry.list(
                    tabs.fixture.context, new Target(type, "default", "", ""), ReadOptions.NONE))
        .hasMessage("the server could not find the requested resource");
    assertThat(tabs.fixture.list(DEFINITIONS, "", ReadOptions.NONE).items()).isEmpty();
  }
}
