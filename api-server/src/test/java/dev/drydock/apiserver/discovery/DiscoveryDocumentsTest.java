package dev.drydock.apiserver.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DiscoveryDocumentsTest {
  private static final String V3_MESSAGE =
      "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

  private final DiscoveryDocuments documents =
      new DiscoveryDocuments(
          BuiltInTypes.get().all(),
          new Definitions(Schemas.builtIn(), List.of()),
          "127.7.0.1:6443");

  private ObjectNode get(String path) {
    return TreeCodec.read(documents.find(path, "application/json").orElseThrow().bytes());
  }

  @Test
  void groupsComeInKubernetesOrderWithTheirPreferredVersion() {
    ObjectNode groups = get("/apis");
    assertThat(groups.at("/groups/0/name").stringValue()).isEqualTo("apiregistration.k8s.io");
    assertThat(groups.at("/groups/1/preferredVersion/groupVersion").stringValue())
        .isEqualTo("apps/v1");
    assertThat(get("/apis/autoscaling").at("/versions/0/version").stringValue()).isEqualTo("v2");
    assertThat(get("/api"))
        .hasToString(
            "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"],\"serverAddressByClientCIDRs\":"
                + "[{\"clientCIDR\":\"0.0.0.0/0\",\"serverAddress\":\"127.7.0.1:6443\"}]}");
  }

  @Test
  void resourcesAreListedWithTheirSubresources() {
    JsonNode resources = get("/api/v1").get("resources");
    JsonNode eviction =
        resources
            .valueStream()
            .filter(one -> one.path("name").asString().equals("pods/eviction"))
            .findFirst()
            .orElseThrow();
    assertThat(eviction)
        .hasToString(
            "{\"name\":\"pods/eviction\",\"singularName\":\"\",\"namespaced\":true,"
                + "\"group\":\"policy\",\"version\":\"v1\",\"kind\":\"Eviction\","
                + "\"verbs\":[\"create\"]}");
  }

  @Test
  void clientsThatTakeItGetEverythingAtOnce() {
    String accept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
            + "application/json";
    Document apis = documents.find("/apis", accept).orElseThrow();
    assertThat(apis.contentType()).contains("as=APIGroupDiscoveryList");
    assertThat(TreeCodec.read(apis.bytes()).at("/items/1/versions/0/resources/1/responseKind"))
        .hasToString("{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"DaemonSet\"}");
    assertThat(
            TreeCodec.read(documents.find("/api", accept).orElseThrow().bytes())
                .at("/items/0/versions/0/version")
                .stringValue())
        .isEqualTo("v1");
  }

  @Test
  void everyOpenApiDocumentIsClosedUnderItsReferences() {
    get("/openapi/v3")
        .get("paths")
        .propertyNames()
        .forEach(path -> closed(get("/openapi/v3/" + path), "/components/schemas"));
    closed(get("/openapi/v2"), "/definitions");
  }

  private static void closed(ObjectNode document, String place) {
    Set<String> references = new HashSet<>();
    references(document, references);
    JsonNode definitions = document.at(place);
    assertThat(references).isNotEmpty();
    for (String reference : references) {
      assertThat(definitions.has(reference.substring(place.length() + 2))).as(reference).isTrue();
    }
  }

  private static void references(JsonNode node, Set<String> found) {
    if (node.path("$ref").isString()) {
      found.add(node.path("$ref").stringValue());
    }
    node.forEach(child -> references(child, found));
  }

  @Test
  void kubectlFindsThatServerSideValidationIsSupported() {
    JsonNode patch =
        get("/openapi/v3/apis/apps/v1")
            .path("paths")
            .path("/apis/apps/v1/namespaces/{namespace}/deployments/{name}")
            .path("patch");
    assertThat(patch.path("x-kubernetes-group-version-kind"))
        .hasToString("{\"group\":\"apps\",\"kind\":\"Deployment\",\"version\":\"v1\"}");
    assertThat(patch.path("parameters").toString()).contains("\"fieldValidation\"");
    assertThat(patch.path("x-kubernetes-action").stringValue()).isEqualTo("patch");
  }

  @Test
  void theVersionIsTheEmulatedOne() {
    assertThat(get("/version").path("gitVersion").stringValue()).startsWith("v1.36.");
  }

  @Test
  void documentsAreMadeOnceAndOtherPathsAreNotOurs() {
    assertThat(documents.find("/api/v1/", "").orElseThrow())
        .isSameAs(documents.find("/api/v1", "*/*").orElseThrow());
    assertThat(documents.find("/api/v1/pods", "")).isEmpty();
    assertThat(documents.find("/apis/nothing", "")).isEmpty();
    assertThat(documents.find("/openapi/v3/apis/apps/v2", "")).isEmpty();
    for (String path : List.of("/openapi/v2", "/openapi/v3/api/v1")) {
      assertThatThrownBy(() -> documents.find(path, "application/com.github.proto"))
          .isInstanceOf(ApiException.class);
    }
  }

  @Test
  void olderKubectlsGetOpenApiAsAMessage() throws Exception {
    var document =
        documents
            .find("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")
            .orElseThrow();
    var message = com.google.protobuf.UnknownFieldSet.parseFrom(document.bytes());
    var json = get("/openapi/v2");
    var paths = nested(message, 8).getFirst();
    var definitions = nested(message, 9).getFirst();
    assertThat(nested(paths, 2)).hasSize(json.path("paths").size());
    assertThat(nested(definitions, 1)).hasSize(json.path("definitions").size());
    var pod =
        nested(definitions, 1).stream()
            .filter(one -> text(one, 1).equals("io.k8s.api.core.v1.Pod"))
            .findFirst()
            .orElseThrow();
    var extension = nested(nested(pod, 2).getFirst(), 31).getFirst();
    assertThat(text(extension, 1)).isEqualTo("x-kubernetes-group-version-kind");
    assertThat(text(nested(extension, 2).getFirst(), 2)).contains("\"kind\":\"Pod\"");
  }

  @Test
  void openApiV3IsAMessageForWhoAsksForIt() throws Exception {
    String path = "/openapi/v3/apis/apps/v1";
    for (String spelling : List.of("v3@v1.0", "v3.v1.0")) {
      String accept = "application/com.github.proto-openapi.spec." + spelling + "+protobuf";
      Document document = documents.find(path, accept).orElseThrow();
      assertThat(document.contentType())
          .isEqualTo("application/com.github.proto-openapi.spec.v3.v1.0+protobuf");
      assertThat(documents.find(path, accept + ", */*").orElseThrow()).isSameAs(document);
    }
    Document document = documents.find(path, V3_MESSAGE).orElseThrow();
    var message = com.google.protobuf.UnknownFieldSet.parseFrom(document.bytes());
    var json = get(path);
    assertThat(nested(nested(message, 4).getFirst(), 1)).hasSize(json.path("paths").size());
    assertThat(nested(nested(nested(message, 5).getFirst(), 1).getFirst(), 1))
        .hasSize(json.at("/components/schemas").size());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | json
          */* | json
          application/* | json
          application/test, */* | json
          application/json, application/com.github.proto-openapi.spec.v3.v1.0+protobuf | json
          application/com.github.proto-openapi.spec.v3.v1.0+protobuf, application/json | protobuf
          application/com.github.proto-openapi.spec.v3@v1.0+protobuf, application/json | protobuf
          application/com.github.proto-openapi.spec.v3.v1.0+protobuf; q=0.5, application/json | json
          application/json;q=0.1, application/com.github.proto-openapi.spec.v3@v1.0+protobuf | protobuf
          */*, application/com.github.proto-openapi.spec.v3.v1.0+protobuf | protobuf
          application/com.github.proto-openapi.spec.v2.v1.0+protobuf, application/json | json
          """)
  void theFormThatTheClientLikesBestIsGiven(String accept, String form) {
    assertThat(documents.find("/openapi/v3/api/v1", accept).orElseThrow().contentType())
        .endsWith(form);
  }

  @Test
  void messagesOfGroupsThatAreTheSameAreTakenOver() {
    Document before = documents.find("/openapi/v3/api/v1", V3_MESSAGE).orElseThrow();
    var after =
        new DiscoveryDocuments(
                BuiltInTypes.get().all(),
                new Definitions(Schemas.builtIn(), List.of()),
                "127.7.0.1:6443")
            .after(documents);
    assertThat(after.find("/openapi/v3/api/v1", V3_MESSAGE).orElseThrow()).isSameAs(before);
  }

  @Test
  void aNewDefinitionChangesNoOtherGroupsDocument() {
    var flowers =
        new ResourceType("garden.example.com", "v1", "flowers", "Flower", Scope.NAMESPACED);
    List<TypeInfo> types = new ArrayList<>(BuiltInTypes.get().all());
    types.add(new TypeInfo(flowers, "flower", List.of(), List.of(), List.of("get"), "", List.of()));
    ObjectNode schema = TreeCodec.read("{\"type\":\"object\"}".getBytes(UTF_8));
    var kind = new Definitions.CustomKind(flowers.groupVersionKind(), "FlowerList", schema);
    var with =
        new DiscoveryDocuments(
            types, new Definitions(Schemas.builtIn(), List.of(kind)), "127.7.0.1:6443");
    assertThat(with.find("/openapi/v3/apis/garden.example.com/v1", "*/*")).isPresent();
    for (String path : List.of("/openapi/v3/api/v1", "/openapi/v3/apis/apps/v1")) {
      assertThat(with.find(path, "*/*").orElseThrow().bytes())
          .as(path)
          .isEqualTo(documents.find(path, "*/*").orElseThrow().bytes());
    }
  }

  private static List<com.google.protobuf.UnknownFieldSet> nested(
      com.google.protobuf.UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().stream()
        .map(
            bytes -> {
              try {
                return com.google.protobuf.UnknownFieldSet.parseFrom(bytes);
              } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  private static String text(com.google.protobuf.UnknownFieldSet message, int field) {
    return message.getField(field).getLengthDelimitedList().getFirst().toStringUtf8();
  }

  private static RemoteVersion remote(String version, int priority, RemoteVersion.Freshness state) {
    ObjectNode resource = TreeCodec.read("{\"resource\":\"flowers\"}".getBytes(UTF_8));
    byte[] v2 =
        """
        {"paths":{"/apis/garden.example.com/%s/flowers":{"x":1},"/apis/apps/v1/none":{}},
         "definitions":{"com.example.Flower":{"type":"object"}}}\
        """
            .formatted(version)
            .getBytes(UTF_8);
    return new RemoteVersion(
        "garden.example.com",
        version,
        new Priority(17_790, priority),
        state,
        List.of(resource),
        new RemoteVersion.OpenApiTexts("{\"openapi\":\"3.0.0\"}".getBytes(UTF_8), v2));
  }

  @Test
  void whatOtherServersServeStandsWhereItsPriorityPutsIt() {
    var merged =
        new DiscoveryDocuments(
            BuiltInTypes.get().all(),
            new Definitions(Schemas.builtIn(), List.of()),
            List.of(
                remote("v1", 10, RemoteVersion.Freshness.CURRENT),
                remote("v2beta1", 10, RemoteVersion.Freshness.STALE),
                remote("v10", 10, RemoteVersion.Freshness.CURRENT)),
            "127.7.0.1:6443");
    String accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    ObjectNode all = TreeCodec.read(merged.find("/apis", accept).orElseThrow().bytes());
    JsonNode garden = all.at("/items/2");
    assertThat(garden.at("/metadata/name").stringValue()).isEqualTo("garden.example.com");
    assertThat(garden.path("versions").valueStream().map(one -> one.path("version").asString()))
        .containsExactly("v10", "v1", "v2beta1");
    assertThat(garden.at("/versions/2/freshness").stringValue()).isEqualTo("Stale");
    assertThat(garden.at("/versions/0/resources/0/resource").stringValue()).isEqualTo("flowers");

    ObjectNode v2 =
        TreeCodec.read(merged.find("/openapi/v2", "application/json").orElseThrow().bytes());
    assertThat(v2.path("paths").has("/apis/garden.example.com/v1/flowers")).isTrue();
    assertThat(v2.path("paths").has("/apis/apps/v1/none")).isFalse();
    assertThat(v2.path("definitions").has("com.example.Flower")).isTrue();
    String path = "/openapi/v3/apis/garden.example.com/v1";
    assertThat(merged.find(path, "application/json")).isPresent();
    assertThat(merged.find(path, V3_MESSAGE).orElseThrow().bytes())
        .containsExactly(0x0a, 5, '3', '.', '0', '.', '0');
  }
}
