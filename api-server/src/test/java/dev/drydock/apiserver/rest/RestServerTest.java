package dev.drydock.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.ledger.LedgerEntry;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestServerTest {
  private final RestFixture rest = new RestFixture();

  @BeforeAll
  void start() {
    rest.start();
  }

  @AfterAll
  void stop() {
    rest.close();
  }

  private HttpRequest.Builder to(String path) {
    return rest.to(path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return rest.send(request);
  }

  private static ObjectNode tree(HttpResponse<String> response) {
    return TreeCodec.read(response.body().getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> create(String name, String data) throws Exception {
    String body =
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"a":"%s"}}\
        """
            .formatted(name, data);
    return send(
        to("/api/v1/namespaces/default/configmaps")
            .header("Content-Type", "application/json")
            .header("User-Agent", "kubectl/v1.36.0 (linux/amd64)")
            .header("Drydock-Cause", "12, 15")
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void anObjectIsCreatedReadPatchedAndDeleted() throws Exception {
    HttpResponse<String> created = create("one", "x");
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.headers().firstValue("Warning")).contains("299 - \"created \\\"here\\\"\"");
    assertThat(created.headers().firstValue("Audit-Id")).isPresent();
    assertThat(created.headers().firstValue("Date")).isPresent();
    String path = "/api/v1/namespaces/default/configmaps/one";
    assertThat(tree(send(to(path))).path("data").path("a").asString()).isEqualTo("x");
    HttpResponse<String> patched =
        send(
            to(path)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"data\":{\"a\":\"y\"}}")));
    assertThat(tree(patched).path("data").path("a").asString()).isEqualTo("y");
    HttpResponse<String> deleted = send(to(path).DELETE());
    assertThat(deleted.body())
        .isEqualTo(
            """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success",\
            "details":{"name":"one","kind":"configmaps","uid":"uid-one"}}\
            """);
    assertThat(send(to(path)).body())
        .isEqualTo(
            """
            {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
            "message":"configmaps \\"one\\" not found","reason":"NotFound",\
            "details":{"name":"one","kind":"configmaps"},"code":404}\
            """);
    LedgerEntry first =
        rest.ledger.read(1, 100).entries().stream()
            .map(Ledger.Sequenced::entry)
            .filter(entry -> entry.deed().name().equals("one"))
            .findFirst()
            .orElseThrow();
    assertThat(first.actor()).isEqualTo(new LedgerEntry.Actor("jane", "kubectl"));
    assertThat(first.causes()).extracting(Object::toString).containsExactly("12", "15");
    assertThat(first.ending().code()).isEqualTo(201);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void aWatchStreamsLinesAndEndsWhenTheClientGoes(HttpClient.Version version) throws Exception {
    try (HttpClient own = rest.client(version)) {
      HttpResponse<InputStream> watch =
          own.send(
              to("/api/v1/namespaces/default/configmaps?watch=true").build(),
              BodyHandlers.ofInputStream());
      assertThat(watch.statusCode()).isEqualTo(200);
      assertThat(watch.version()).isEqualTo(version);
      var lines = new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8));
      create("watched-" + version, "x");
      assertThat(lines.readLine())
          .startsWith("{\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"v1\"")
          .endsWith("}}");
      watch.body().close();
    }
    long deadline = 5_000_000_000L;
    for (long spent = 0; rest.service.watchers() > 0 && spent < deadline; spent += 1000) {
      Thread.onSpinWait();
    }
    assertThat(rest.service.watchers()).isZero();
  }

  @Test
  void aWatchOverAWebSocketSendsAMessageForEachEvent() throws Exception {
    var heard = new LinkedBlockingQueue<String>();
    WebSocket socket =
        rest.http
            .newWebSocketBuilder()
            .buildAsync(
                URI.create(
                    to("/api/v1/namespaces/default/configmaps?watch=true")
                        .build()
                        .uri()
                        .toString()
                        .replace("https:", "wss:")),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    heard.add(text.toString());
                    from.request(1);
                    return CompletableFuture.completedFuture(null);
                  }

                  @Override
                  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                    heard.add("closed " + code);
                    return CompletableFuture.completedFuture(null);
                  }
                })
            .get(5, TimeUnit.SECONDS);
    create("first-by-socket", "x");
    create("second-by-socket", "x");
    assertThat(heard.poll(5, TimeUnit.SECONDS)).contains("first-by-socket").endsWith("}}");
    assertThat(heard.poll(5, TimeUnit.SECONDS)).contains("second-by-socket").endsWith("}}");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(5, TimeUnit.SECONDS);
    assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("closed 1000");
    assertThat(rest.service.watchers()).isZero();
  }

  @Test
  void aWatchFromTooOldARevisionEndsWithAnErrorEvent() throws Exception {
    HttpResponse<String> watch = send(to("/api/v1/configmaps?watch=1&resourceVersion=1"));
    assertThat(watch.statusCode()).isEqualTo(200);
    assertThat(watch.body())
        .startsWith("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\"")
        .contains("\"reason\":\"Expired\"");
  }

  @Test
  void largeListsAreCompressedForThoseWhoAccept() throws Exception {
    for (int i = 0; i < 20; i++) {
      create("large-" + i, "z".repeat(20_000));
    }
    HttpResponse<String> plain = send(to("/api/v1/namespaces/default/configmaps"));
    assertThat(tree(plain).path("kind").asString()).isEqualTo("ConfigMapList");
    assertThat(tree(plain).path("items").size()).isGreaterThanOrEqualTo(20);
    HttpResponse<InputStream> packed =
        rest.http.send(
            to("/api/v1/namespaces/default/configmaps").header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofInputStream());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    byte[] unpacked = new GZIPInputStream(packed.body()).readAllBytes();
    assertThat(TreeCodec.read(unpacked).path("items")).isEqualTo(tree(plain).path("items"));
  }

  @ParameterizedTest(name = "{0} {1} with {2}: {4} {5}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          GET | /api/v1/nonsense | - | - | 404 | the server could not find the requested resource
          GET | /apis/no.such/v1/things | - | - | 404 | the server could not find the requested resource
          PUT | /api/v1/namespaces/default/configmaps | - | {} | 405 | does not allow this method
          POST | /api/v1/configmaps | - | {} | 405 | does not allow this method
          TRACE | /api/v1/configmaps | - | - | 405 | does not allow this method
          POST | /version | - | - | 405 | does not allow this method
          GET | /api/v1/configmaps?limit=x | - | - | 400 | invalid syntax
          POST | /api/v1/namespaces/default/configmaps | application/json | {x | 400 | the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: invalid character 'x' looking for beginning of
          POST | /api/v1/namespaces/default/configmaps | application/json | { | 400 | json parse error: unexpected end of JSON input ({)
          POST | /api/v1/namespaces/default/configmaps | application/json | - | 400 | json parse error: unexpected end of JSON input (<empty>)
          POST | /api/v1/namespaces/default/configmaps | application/json | [] | 400 | json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (5b5d)
          POST | /api/v1/namespaces/default/configmaps | application/json | {"kind":5} | 400 | json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({"kind":5})
          POST | /api/v1/namespaces/default/configmaps | application/json | null | 400 | Object 'Kind' is missing in 'null' (6e756c6c)
          POST | /api/v1/namespaces/default/configmaps | application/json | {} {} | 400 | invalid character '{' after top-level value ({} {})
          PATCH | /api/v1/namespaces/default/configmaps/a | application/merge-patch+json | { | 400 | error decoding patch: unexpected end of JSON input
          POST | /api/v1/namespaces/default/configmaps | application/yaml | a: b: c | 400 | yaml
          POST | /api/v1/namespaces/default/configmaps | text/html | {} | 415 | application/json
          PATCH | /api/v1/namespaces/default/configmaps/a | application/json | {} | 415 | application/merge-patch+json
          PATCH | /api/v1/namespaces/default/configmaps/a?fieldManager=m | application/apply-patch+yaml | [5] | 400 | error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}
          PATCH | /api/v1/namespaces/default/configmaps/a?fieldManager=m | application/apply-patch+yaml | [ | 400 | error decoding YAML: error converting YAML to JSON: yaml: line 1:
          PATCH | /api/v1/namespaces/default/configmaps/a | application/apply-patch+yaml | a: b | 422 | fieldManager: Required value
          POST | /api/v1/namespaces/default/configmaps?dryRun=x | - | {} | 422 | dryRun: Unsupported value: ["x"]: supported values: "All"
          POST | /api/v1/namespaces/default/configmaps?fieldManager=a%07 | - | {} | 422 | invalid character U+0007 (at position 1)
          POST | /api/v1/namespaces/default/configmaps?fieldValidation=x | - | {} | 422 | supported values: "", "Ignore", "Strict", "Warn"
          POST | /api/v1/namespaces/default/configmaps?fieldValidation=Strict | - | {"a":1,"a":2} | 400 | duplicate field "a"
          DELETE | /api/v1/namespaces/default/configmaps | - | - | 403 | configmaps is forbidden: User "jane" cannot deletecollection resource "configmaps" in API group "" in the namespace "default"
          """)
  void badRequestsGetTheRightStatus(
      String method, String path, String type, String body, int code, String text)
      throws Exception {
    HttpRequest.Builder request =
        to(path)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (type != null) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> response = send(request);
    assertThat(tree(response).path("message").asString()).contains(text);
    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(tree(response).path("code").asInt()).isEqualTo(code);
  }

  @Test
  void aPathThatIsNobodysIsNoPage() throws Exception {
    HttpResponse<String> response = send(to("/bogus"));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("404 page not found\n");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    HttpResponse<String> response =
        send(
            to("/api/v1/namespaces/default/configmaps")
                .POST(BodyPublishers.ofByteArray(new byte[RestHandler.MAX_BODY + 1])));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(tree(response).path("reason").asString()).isEqualTo("RequestEntityTooLarge");
  }

  @Test
  void healthIsToldInOneWordOrCheckByCheck() throws Exception {
    assertThat(send(to("/livez")).body()).isEqualTo("ok");
    HttpResponse<String> ready = send(to("/readyz"));
    assertThat(ready.statusCode()).isEqualTo(500);
    assertThat(ready.body())
        .isEqualTo("[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n");
    assertThat(send(to("/readyz?exclude=etcd")).body()).isEqualTo("ok");
    assertThat(send(to("/livez/ping")).body()).isEqualTo("ok");
    assertThat(send(to("/openid/v1/jwks")).body()).isEqualTo("{\"keys\":[]}");
    assertThat(tree(send(to("/version"))).path("major").asString()).isEqualTo("1");
  }

  @Test
  void randomBytesNeverHangOrBreakTheServer() throws Exception {
    var random = new Random(7);
    var sockets = rest.pki.clientContext("jane", "people").getSocketFactory();
    for (int round = 0; round < 30; round++) {
      byte[] garbage = new byte[random.nextInt(2000)];
      random.nextBytes(garbage);
      var sent = new ByteArrayOutputStream();
      sent.writeBytes(round % 2 == 0 ? "GET /api/v1/".getBytes(StandardCharsets.UTF_8) : garbage);
      sent.writeBytes(garbage);
      sent.writeBytes("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      try (Socket socket = sockets.createSocket("localhost", rest.server.port())) {
        assertThat(answer(socket, sent.toByteArray())).doesNotStartWith("HTTP/1.1 5");
      }
    }
    assertThat(send(to("/livez")).statusCode()).isEqualTo(200);
  }

  /// All that comes back; a server may hang up on who sends what it refuses.
  private static String answer(Socket socket, byte[] sent) throws IOException {
    var answer = new ByteArrayOutputStream();
    try {
      socket.getOutputStream().write(sent);
      socket.shutdownOutput();
      socket.getInputStream().transferTo(answer);
    } catch (SocketException _) {
      return answer.toString(StandardCharsets.UTF_8);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }
}
