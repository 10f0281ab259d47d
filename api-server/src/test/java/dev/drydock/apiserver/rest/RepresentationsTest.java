package dev.drydock.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.schema.Schemas;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import java.io.DataInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepresentationsTest {
  private static final String PROTOBUF = ProtobufCodec.CONTENT_TYPE;
  private static final String PATH = "/api/v1/namespaces/default/configmaps";

  private final RestFixture rest = new RestFixture();

  @BeforeAll
  void start() throws Exception {
    rest.start();
    create("first");
  }

  @AfterAll
  void stop() {
    rest.close();
  }

  private void create(String name) throws Exception {
    rest.send(
        rest.to(PATH)
            .POST(
                BodyPublishers.ofString(
                    """
                    {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"a":"b"}}
                    """
                        .formatted(name))));
  }

  private HttpResponse<byte[]> get(String path, String accept) throws Exception {
    return rest.http.send(
        rest.to(path).header("Accept", accept).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void tablesAndMetadataAreOfTheVersionThatTheClientNames() throws Exception {
    String older = ";g=meta.k8s.io;v=v1beta1";
    JsonNode table = TreeCodec.read(get(PATH, "application/json;as=Table" + older).body());
    assertThat(table.at("/apiVersion").stringValue()).isEqualTo("meta.k8s.io/v1beta1");
    assertThat(table.at("/rows/0/object/apiVersion").stringValue())
        .isEqualTo("meta.k8s.io/v1beta1");

    JsonNode list =
        TreeCodec.read(get(PATH, "application/json;as=PartialObjectMetadataList" + older).body());
    assertThat(list.at("/apiVersion").stringValue()).isEqualTo("meta.k8s.io/v1beta1");
    assertThat(list.at("/items/0/apiVersion").stringValue()).isEqualTo("meta.k8s.io/v1beta1");
  }

  @Test
  void whatATableIncludesIsOneOfThree() throws Exception {
    String table = "application/json;as=Table;g=meta.k8s.io;v=v1";
    HttpResponse<byte[]> refused = get(PATH + "?includeObject=Odd", table);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(TreeCodec.read(refused.body()).path("message").asString())
        .isEqualTo(
            "Unable to convert to Table as requested: includeObject: Invalid value: \"Odd\":"
                + " must be 'Metadata', 'Object', 'None', or empty");
    String partial = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    assertThat(get(PATH + "?includeObject=Odd", partial).statusCode()).isEqualTo(200);
    assertThat(get(PATH + "?includeObject=Odd&watch=true", table).statusCode()).isEqualTo(400);
  }

  @Test
  void anOldHashOfADocumentLeadsToTheNewOne() throws Exception {
    HttpResponse<byte[]> old = get("/openapi/v3/api/v1?hash=OLD", "application/json");
    assertThat(old.statusCode()).isEqualTo(301);
    String now = old.headers().firstValue("Location").orElseThrow();
    assertThat(now).startsWith("/openapi/v3/api/v1?hash=");
    assertThat(TreeCodec.read(get("/openapi/v3", "application/json").body()).toString())
        .contains(now);
    HttpResponse<byte[]> found = get(now, "application/json");
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(found.headers().firstValue("Cache-Control")).contains("public, immutable");
  }

  private static Runtime.Unknown unknown(byte[] body) throws Exception {
    assertThat(ProtobufCodec.isProtobuf(body)).isTrue();
    return Runtime.Unknown.parseFrom(Arrays.copyOfRange(body, 4, body.length));
  }

  @Test
  void anObjectAListAndAFailureAreProtobufForThoseWhoAsk() throws Exception {
    HttpResponse<byte[]> one = get(PATH + "/first", PROTOBUF + ",application/json");
    assertThat(one.headers().firstValue("Content-Type")).contains(PROTOBUF);
    V1.ConfigMap object = V1.ConfigMap.parseFrom(unknown(one.body()).getRaw());
    assertThat(object.getMetadata().getName()).isEqualTo("first");
    assertThat(object.getDataMap()).containsEntry("a", "b");

    Runtime.Unknown list = unknown(get(PATH, PROTOBUF).body());
    assertThat(list.getTypeMeta().getKind()).isEqualTo("ConfigMapList");
    assertThat(V1.ConfigMapList.parseFrom(list.getRaw()).getItemsList()).isNotEmpty();

    HttpResponse<byte[]> missing = get(PATH + "/missing", PROTOBUF);
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(Meta.Status.parseFrom(unknown(missing.body()).getRaw()).getReason())
        .isEqualTo("NotFound");

    String partial = PROTOBUF + ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    assertThat(unknown(get(PATH, partial).body()).getTypeMeta().getKind())
        .isEqualTo("PartialObjectMetadataList");
  }

  @Test
  void anObjectComesBackAsItWasSent() throws Exception {
    byte[] body = get(PATH + "/first", PROTOBUF).body();
    HttpResponse<byte[]> updated =
        rest.http.send(
            rest.to(PATH + "/first")
                .header("Content-Type", PROTOBUF)
                .header("Accept", PROTOBUF)
                .PUT(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofByteArray());
    var codec = new ProtobufCodec(Schemas.builtIn());
    assertThat(codec.read(updated.body()).path("data")).isEqualTo(codec.read(body).path("data"));
  }

  @Test
  void aWatchIsFramesForThoseWhoAsk() throws Exception {
    HttpResponse<InputStream> watch =
        rest.http.send(
            rest.to(PATH + "?watch=true").header("Accept", PROTOBUF).build(),
            BodyHandlers.ofInputStream());
    assertThat(watch.headers().firstValue("Content-Type")).contains(PROTOBUF + ";stream=watch");
    create("watched");
    try (var in = new DataInputStream(watch.body())) {
      Meta.WatchEvent event = Meta.WatchEvent.parseFrom(in.readNBytes(in.readInt()));
      assertThat(event.getType()).isEqualTo("ADDED");
      Runtime.Unknown object = unknown(event.getObject().getRaw().toByteArray());
      assertThat(V1.ConfigMap.parseFrom(object.getRaw()).getMetadata().getName())
          .isEqualTo("watched");
    }
  }

  @Test
  void yamlIsForObjectsListsAndFailures() throws Exception {
    HttpResponse<byte[]> missing = get(PATH + "/missing", "application/yaml");
    assertThat(missing.headers().firstValue("Content-Type")).contains("application/yaml");
    assertThat(new String(missing.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("reason: NotFound");
    String list =
        new String(get(PATH, "application/yaml").body(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(YamlCodec.readAll(list).getFirst().path("kind").asString())
        .isEqualTo("ConfigMapList");
  }

  @Test
  void whatNobodyCanWriteIsNotAcceptable() throws Exception {
    HttpResponse<byte[]> refused = get(PATH, "text/html");
    assertThat(refused.statusCode()).isEqualTo(406);
    assertThat(new String(refused.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"reason\":\"NotAcceptable\"");
    assertThat(get(PATH + "?watch=1", "application/yaml").statusCode()).isEqualTo(406);
  }
}
