package dev.drydock.apiserver.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.definitions.DefinitionController;
import dev.drydock.apiserver.definitions.DefinitionWriter;
import dev.drydock.apiserver.definitions.Publication;
import dev.drydock.apiserver.registry.customresource.CustomResource;
import dev.drydock.apiserver.registry.customresource.CustomResources;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.ListForm;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.served.LiveTypes;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The life of custom resources, from the definition to its end, over a store in memory.
@Timeout(60)
class CustomResourceTest {
  private static final String DEFINITIONS = "apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String CRONTABS =
      """
      {metadata: {name: crontabs.stable.example.com}, spec: {group: stable.example.com,
       scope: Namespaced, names: {plural: crontabs, kind: CronTab, shortNames: [ct]},
       versions: [
        {name: v1, served: true, storage: true, subresources: {status: {},
          scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}},
         schema: {openAPIV3Schema: {type: object, properties: {
          spec: {type: object, required: [cronSpec], properties: {
            cronSpec: {type: string, pattern: '^[0-9*]'},
            image: {type: string, default: busybox}, replicas: {type: integer, minimum: 0}}},
          status: {type: object, properties: {replicas: {type: integer}}}}}}},
        {name: v1beta1, served: true, storage: false, deprecated: true,
         schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}}
      """;

  private final RegistryFixture fixture = new RegistryFixture();
  private final LiveTypes types = new LiveTypes();
  private final SynchronousQueue<Integer> served = new SynchronousQueue<>();

  /// Whether a type was said to be established before any was served.
  private final CompletableFuture<Boolean> saidBefore = new CompletableFuture<>();

  private final DefinitionController controller =
      new DefinitionController(
          listener ->
              new ObjectFollower(
                  fixture.cache, CustomResource.DEFINITIONS, fixture.clock, listener),
          new DefinitionWriter(fixture.registry, fixture.clock),
          new Publication(
              new CustomResources(fixture.registry::conversion)::of,
              resources -> {
                fixture.registry.serve(resources);
                types.replace(resources.stream().flatMap(CustomResource::shown).toList());
                saidBefore.complete(isAnyEstablished());
                try {
                  served.put(resources.size());
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }),
          fixture.clock,
          fixture.clock);

  @BeforeEach
  void start() {
    controller.start();
  }

  @AfterEach
  void close() {
    controller.close();
    fixture.close();
  }

  /// Waits until so many are served, and are said to be.
  private void awaitServed(int count) throws InterruptedException {
    assertThat(served.poll(10, TimeUnit.SECONDS)).isEqualTo(count);
    while (count > 0 && !isAnyEstablished()) {
      Thread.onSpinWait();
    }
  }

  private boolean isAnyEstablished() {
    return fixture
        .registry
        .list(fixture.context, RegistryFixture.target(DEFINITIONS, "", ""), ReadOptions.NONE)
        .items()
        .stream()
        .flatMap(object -> Trees.objects(object.tree(), "status", "conditions").stream())
        .anyMatch(
            condition ->
                Trees.text(condition, "type").equals("Established")
                    && Trees.text(condition, "status").equals("True"));
  }

  @Test
  void aTypeIsServedBeforeItIsSaidToBeEstablished() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);
    assertThat(saidBefore).isCompletedWithValue(false);
  }

  private static ObjectNode yaml(String text) {
    return YamlCodec.decode(text).tree();
  }

  private void define(String definition) {
    fixture.registry.create(
        fixture.context,
        RegistryFixture.target(DEFINITIONS, "", ""),
        yaml(definition),
        RegistryFixture.STORED);
  }

  private ResourceType type(String version) {
    return types.find("stable.example.com", version, "crontabs").orElseThrow();
  }

  /// @param loose without what it is
  private Written create(String version, String loose) {
    ObjectNode body = yaml(loose);
    body.put("apiVersion", type(version).apiVersion()).put("kind", "CronTab");
    return send(version, body);
  }

  private Written send(String version, ObjectNode body) {
    return fixture.registry.create(
        fixture.context,
        new Target(type(version), "default", "", ""),
        body,
        RegistryFixture.STORED);
  }

  private ObjectNode get(String version, String name) {
    return fixture
        .registry
        .get(fixture.context, new Target(type(version), "default", name, ""), ReadOptions.NONE)
        .tree();
  }

  private Written apply(String name, String loose) {
    ObjectNode intent = yaml(loose);
    intent.put("apiVersion", type("v1").apiVersion()).put("kind", "CronTab");
    return fixture.registry.patch(
        fixture.context,
        new Target(type("v1"), "default", name, ""),
        new PatchBody.Apply(intent, PatchBody.Conflicts.FAIL),
        RegistryFixture.STORED);
  }

  private Written merge(String subresource, String name, String loose) {
    return fixture.registry.patch(
        fixture.context,
        new Target(type("v1"), "default", name, subresource),
        new PatchBody.Merge(yaml(loose)),
        RegistryFixture.STORED);
  }

  @Test
  void aDefinitionIsServedAndItsObjectsLive() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);

    ObjectNode made =
        create("v1", "{metadata: {name: a}, spec: {cronSpec: '* *', replicas: 2}}").object().tree();

    assertThat(RegistryFixture.text(made, "/spec/image")).isEqualTo("busybox");
    assertThat(RegistryFixture.text(made, "/metadata/generation")).isEqualTo("1");
    assertThat(made.at("/metadata/managedFields/0/fieldsV1").toString())
        .isEqualTo("{\"f:spec\":{\".\":{},\"f:cronSpec\":{},\"f:image\":{},\"f:replicas\":{}}}");
    assertThat(RegistryFixture.text(get("v1beta1", "a"), "/apiVersion"))
        .isEqualTo("stable.example.com/v1beta1");
    assertThat(fixture.warnings).contains("stable.example.com/v1beta1 CronTab is deprecated");
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
    define(CRONTABS);
    awaitServed(1);

    assertThatThrownBy(() -> send("v1", yaml(loose)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining(refusal);
  }

  @Test
  void whatDoesNotFitTheSchemaIsRefused() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);

    assertThatThrownBy(
            () -> create("v1", "{metadata: {name: a}, spec: {cronSpec: x, replicas: many}}"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("spec.cronSpec: Invalid value: \"x\": spec.cronSpec in body should")
        .hasMessageContaining(
            "spec.replicas: Invalid value: \"string\": spec.replicas in body must be of type"
                + " integer: \"string\"");
    assertThatThrownBy(() -> create("v1", "{metadata: {name: a}, spec: {}}"))
        .hasMessageContaining("spec.cronSpec: Required value");
    assertThatThrownBy(() -> create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', foo: 1}}"))
        .hasMessageContaining("strict decoding error: unknown field \"spec.foo\"");
  }

  @Test
  void whatHasTheWrongTypeIsRefusedInTheWordsOfItsReader() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);
    create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    String labels =
        "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type"
            + " map[string]string";

    assertThatThrownBy(() -> create("v1", "{metadata: {name: b, labels: 5}}"))
        .hasMessage("CronTab in version \"v1\" cannot be handled as a CronTab: " + labels);
    assertThatThrownBy(() -> create("v1", "{metadata: [5]}"))
        .hasMessageEndingWith("json: cannot unmarshal array into Go value of type v1.ObjectMeta");
    assertThatThrownBy(() -> merge("", "a", "{metadata: {labels: 5}}"))
        .hasMessageStartingWith(" \"\" is invalid: patch: Invalid value: \"{")
        .hasMessageEndingWith(labels)
        .extracting(e -> ((ApiException) e).status().code())
        .isEqualTo(422);
    assertThatThrownBy(() -> merge("", "a", "{metadata: {name: null}}"))
        .hasMessage(
            "the name of the object (a based on URL) was undeterminable: name must be provided");
    assertThatThrownBy(() -> apply("a", "{metadata: {labels: 5}, spec: {cronSpec: 7, odd: 1}}"))
        .hasMessage(
            """
            failed to create typed patch object (/; stable.example.com/v1, Kind=CronTab): errors:
              .metadata.labels: expected map, got &{5}
              .spec.cronSpec: expected string, got &value.valueUnstructured{Value:7}
              .spec.odd: field not declared in schema\
            """);
  }

  @Test
  void nullIsAValueWhereTheSchemaAllowsIt() throws InterruptedException {
    define(CRONTABS.replace("default: busybox", "nullable: true"));
    awaitServed(1);
    create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', image: null}}");

    ObjectNode created = get("v1", "a");
    assertThat(created.at("/spec/image").isNull()).isTrue();
    assertThat(created.at("/metadata/managedFields/0/fieldsV1/f:spec").has("f:image")).isTrue();

    apply("a", "{metadata: {name: a}, spec: {image: null}}");
    ObjectNode applied = get("v1", "a");
    assertThat(applied.at("/spec/image").isNull()).isTrue();
    assertThat(applied.at("/metadata/managedFields/0/fieldsV1").toString())
        .isEqualTo("{\"f:spec\":{\"f:image\":{}}}");
    assertThatThrownBy(() -> apply("a", "{metadata: {name: a}, spec: {replicas: null}}"))
        .hasMessageContaining("spec.replicas in body must be of type integer: \"null\"");
  }

  @Test
  void statusAndScaleHaveAddressesOfTheirOwn() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);
    create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', replicas: 2}}");

    merge(
        "status", "a", "{metadata: {labels: {x: z}}, spec: {replicas: 7}, status: {replicas: 2}}");
    merge("scale", "a", "{spec: {replicas: 5}}");
    ObjectNode now = get("v1", "a");

    assertThat(RegistryFixture.text(now, "/spec/replicas")).isEqualTo("5");
    assertThat(RegistryFixture.text(now, "/status/replicas")).isEqualTo("2");
    assertThat(now.at("/metadata/labels").isMissingNode()).isTrue();
    assertThat(RegistryFixture.text(now, "/metadata/generation")).isEqualTo("2");
    assertThat(now.at("/metadata/managedFields").toString())
        .contains("\"fieldsV1\":{\"f:spec\":{\"f:replicas\":{}}},\"subresource\":\"scale\"");
  }

  @Test
  void rulesAreKept() throws InterruptedException {
    define(
        CRONTABS.replace(
            "required: [cronSpec]",
            "x-kubernetes-validations: [{rule: 'self.replicas <= 3', message: too many},"
                + " {rule: 'self.cronSpec == oldSelf.cronSpec', reason: FieldValueForbidden,"
                + " fieldPath: .cronSpec}]"));
    awaitServed(1);
    create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', replicas: 2}}");

    assertThatThrownBy(() -> merge("", "a", "{spec: {replicas: 4}}"))
        .hasMessageContaining("spec: Invalid value: too many");
    assertThatThrownBy(() -> merge("", "a", "{spec: {cronSpec: '**'}}"))
        .hasMessageContaining(
            "spec.cronSpec: Forbidden: failed rule: self.cronSpec == oldSelf.cronSpec");
    assertThatThrownBy(
            () ->
                define(
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
                define(
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
      define(
          CRONTABS.replace(
              "scope: Namespaced,",
              "scope: Namespaced, conversion: {strategy: Webhook, webhook:"
                  + " {conversionReviewVersions: [v1], clientConfig: "
                  + webhook.byUrl()
                  + "}},"));
      awaitServed(1);

      create("v1beta1", "{metadata: {name: a}, spec: {cronSpec: '*', picture: nginx}}");
      var told = new LinkedBlockingQueue<String>();
      ObjectReader.Subscription watch =
          fixture.registry.watch(
              fixture.context,
              new Target(type("v1beta1"), "", "", ""),
              ReadOptions.NONE,
              new ToldLines(told));

      assertThat(RegistryFixture.text(get("v1", "a"), "/spec/image")).isEqualTo("nginx");
      assertThat(RegistryFixture.text(get("v1beta1", "a"), "/spec/picture")).isEqualTo("nginx");
      assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED a");
      watch.close();
    }
  }

  @Test
  void aScaleNeedsANumberOfReplicas() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);
    create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    var scale = new Target(type("v1"), "default", "a", "scale");

    assertThatThrownBy(() -> fixture.registry.get(fixture.context, scale, ReadOptions.NONE))
        .hasMessage(
            "Internal error occurred: the spec replicas field \".spec.replicas\" does not exist");
    assertThat(
            RegistryFixture.text(
                merge("scale", "a", "{spec: {replicas: 5}}").object().tree(), "/spec/replicas"))
        .isEqualTo("5");
  }

  @Test
  void objectsGoWithADefinitionThatServesNoVersion() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);
    create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    ObjectNode definition = fixture.get(DEFINITIONS, "", "crontabs.stable.example.com");
    for (JsonNode version : definition.at("/spec/versions")) {
      ((ObjectNode) version).put("served", false);
    }
    fixture.update(DEFINITIONS, "", definition);
    awaitServed(1);

    fixture.delete(DEFINITIONS, "", "crontabs.stable.example.com");
    awaitServed(0);

    assertThat(
            fixture.store.list(new StorePrefix("/registry/stable.example.com/"), Page.ALL).items())
        .isEmpty();
  }

  @Test
  void listsAreOfTheKindThatTheDefinitionNames() throws InterruptedException {
    define(CRONTABS.replace("kind: CronTab,", "kind: CronTab, listKind: Tabs,"));
    awaitServed(1);

    assertThat(types.listForm(type("v1"))).isEqualTo(new ListForm("Tabs", ListForm.Shape.UNTYPED));
    assertThat(types.listForm(RegistryFixture.type("pods")))
        .isEqualTo(new ListForm("PodList", ListForm.Shape.TYPED));
  }

  @Test
  void theEndOfADefinitionTakesItsObjectsAlong() throws InterruptedException {
    define(CRONTABS);
    awaitServed(1);
    create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    ResourceType type = type("v1");
    var told = new LinkedBlockingQueue<String>();
    ObjectReader.Subscription watch =
        fixture.registry.watch(
            fixture.context, new Target(type, "", "", ""), ReadOptions.NONE, new ToldLines(told));
    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("ADDED a");

    fixture.delete(DEFINITIONS, "", "crontabs.stable.example.com");
    awaitServed(0);

    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("DELETED a");
    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo("COMPLETED");
    watch.close();
    assertThat(types.find("stable.example.com", "v1", "crontabs")).isEmpty();
    assertThatThrownBy(
            () ->
                fixture.registry.list(
                    fixture.context, new Target(type, "default", "", ""), ReadOptions.NONE))
        .hasMessage("the server could not find the requested resource");
    assertThat(fixture.list(DEFINITIONS, "", ReadOptions.NONE).items()).isEmpty();
  }
}
