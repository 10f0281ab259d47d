package dev.drydock.apiserver.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.aggregation.ApiServiceEntry;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.State;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Verification;
import dev.drydock.apiserver.discovery.Definitions;
import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import dev.drydock.apiserver.discovery.Priority;
import dev.drydock.apiserver.filter.AuthoriseFilter;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.nodeproxy.SocketTunnels;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.rest.extension.RemoteConnections;
import dev.drydock.apiserver.table.Tables;
import dev.drydock.client.net.EventLoops;
import dev.drydock.testkit.extension.FlowerServer;
import dev.drydock.testkit.time.FakeClock;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests for an extension api-server, through the port, to a real one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExtensionEndpointTest {
  private static final String FLOWERS = "/apis/garden.example.com/v1/namespaces/default/flowers";
  private static final User JANE =
      new User("jane", "7", List.of("a", "b"), Map.of("team/x", List.of("red")));

  private final TestPki pki = new TestPki();
  private final TestPki other = new TestPki();
  private final X509Bundle serving = serving();
  private final FakeApiService service = new FakeApiService();
  private final EventLoops loops = new EventLoops(2);
  private final AtomicReference<ApiServiceEntry> entry = new AtomicReference<>();
  private final FlowerServer flowers = flowers();
  private final RestServer server = server();
  private final HttpClient http =
      HttpClient.newBuilder().sslContext(pki.clientContext("jane", "people")).build();

  private static X509Bundle serving() {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("CN=flowers")
          .addSanDnsName("flowers.garden.svc")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException("no test certificate", e);
    }
  }

  /// Trusts only the front proxies of the test's authority.
  private SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          serving.toKeyManagerFactory().getKeyManagers(),
          new TrustManager[] {pki.authority().toTrustManager()},
          null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException("no TLS", e);
    }
  }

  private FlowerServer flowers() {
    try {
      return new FlowerServer(tls());
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private RestServer server() {
    var clock = new FakeClock();
    var pipeline =
        new Pipeline(
            List.of(
                new IdentifyFilter(_ -> JANE),
                new AuthoriseFilter(
                    wanted ->
                        wanted.verb().equals("delete")
                            ? new Authorizer.Verdict.NoOpinion("")
                            : new Authorizer.Verdict.Allow(""))));
    var proxy = pki.client("front-proxy-client", "x");
    var connections =
        new RemoteConnections(
            service,
            new RemoteConnections.Ways(
                new dev.drydock.apiserver.nodeproxy.Destinations(service, new Random(1)),
                SocketTunnels.DIRECT),
            new dev.drydock.apiserver.tls.TlsMaterial(
                List.of(proxy.getCertificate()), proxy.getKeyPair().getPrivate(), List.of()),
            clock,
            clock);
    var api =
        new RestApi(
            new RestApi.Backend(
                service,
                (_, _, _) -> Optional.empty(),
                NoNodes.nodes(service),
                new RestApi.Extensions(
                    path ->
                        path.startsWith("/apis/garden.example.com/v1")
                            ? Optional.of(entry.get())
                            : Optional.empty(),
                    connections)),
            pipeline,
            new RestApi.Surroundings(
                List.of(),
                () ->
                    new DiscoveryDocuments(
                        List.of(), new Definitions(Schemas.builtIn(), List.of()), "localhost:1"),
                new Tables(_ -> Optional.empty()),
                Map.of(),
                Map.of(),
                () -> ""),
            clock,
            clock,
            new Random(1));
    return new RestServer(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        loops,
        pki.material(),
        api,
        Executors.newVirtualThreadPerTaskExecutor(),
        clock);
  }

  @BeforeAll
  void start() {
    server.start();
    var context = new RequestContext(JANE, "test", List.of(), Instant.EPOCH, _ -> {});
    service.create(
        context,
        new Target(BuiltInTypes.get().type("v1", "services"), "garden", "", ""),
        TreeCodec.read(
            """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"flowers","namespace":"garden"},
             "spec":{"type":"ExternalName","externalName":"localhost"}}\
            """
                .getBytes(ISO_8859_1)),
        new WriteOptions(WriteOptions.Persistence.STORED, "", WriteOptions.FieldValidation.IGNORE));
    behind(flowers.port(), serving.getCertificatePEM(), State.AVAILABLE);
  }

  @AfterAll
  void stop() {
    server.close();
    flowers.close();
    loops.close();
  }

  private void behind(int port, String bundle, State state) {
    entry.set(
        new ApiServiceEntry(
            "v1.garden.example.com",
            "garden.example.com",
            "v1",
            Priority.CUSTOM,
            new Backend("garden", "flowers", port, bundle, Verification.FULL),
            state));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> create(String name) throws Exception {
    String body =
        "{\"apiVersion\":\"garden.example.com/v1\",\"kind\":\"Flower\",\"metadata\":{\"name\":\""
            + name
            + "\"}}";
    return send(to(FLOWERS).POST(BodyPublishers.ofString(body)));
  }

  @Test
  void theOtherServerLearnsFromTheFrontProxyWhoAsks() throws Exception {
    HttpResponse<String> created =
        send(
            to(FLOWERS + "?dryRun=All")
                .header("X-Remote-User", "root")
                .header("X-Remote-Extra-Evil", "yes")
                .header("Authorization", "Bearer secret")
                .POST(BodyPublishers.ofString("{\"metadata\":{\"name\":\"iris\"}}")));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(send(to(FLOWERS + "/iris")).body()).contains("\"uid\":\"flower-");
    FlowerServer.Asked asked =
        flowers.asked().stream()
            .filter(one -> one.path().endsWith("dryRun=All"))
            .findFirst()
            .orElseThrow();
    assertThat(asked.proxy()).contains("CN=front-proxy-client");
    assertThat(asked.header("X-remote-user")).containsExactly("jane");
    assertThat(asked.header("X-remote-uid")).containsExactly("7");
    assertThat(asked.header("X-remote-group")).containsExactly("a", "b");
    assertThat(asked.header("X-remote-extra-team%2fx")).containsExactly("red");
    assertThat(asked.header("X-remote-extra-evil")).isEmpty();
    assertThat(asked.header("Authorization")).isEmpty();
  }

  @Test
  void itsErrorsComeThroughAndOursComeFirst() throws Exception {
    assertThat(send(to(FLOWERS + "/none")).body()).contains("no such flower");
    assertThat(send(to(FLOWERS + "/none").DELETE()).body())
        .contains("flowers.garden.example.com \\\"none\\\" is forbidden")
        .contains("\"code\":403");
  }

  @Test
  void watchesStream() throws Exception {
    create("tulip");
    var watch = http.send(to(FLOWERS + "?watch=true").build(), BodyHandlers.ofInputStream());
    try (var lines = new BufferedReader(new InputStreamReader(watch.body(), ISO_8859_1))) {
      String line = lines.readLine();
      while (!line.contains("tulip")) {
        line = lines.readLine();
      }
      create("daisy");
      assertThat(lines.readLine()).contains("\"ADDED\"").contains("daisy");
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutTheServerTheAnswerIs503(Trouble trouble) throws Exception {
    switch (trouble) {
      case UNAVAILABLE -> behind(flowers.port(), serving.getCertificatePEM(), State.UNAVAILABLE);
      case NOT_TRUSTED ->
          behind(flowers.port(), other.authority().getCertificatePEM(), State.AVAILABLE);
      case GONE -> behind(1, serving.getCertificatePEM(), State.AVAILABLE);
    }
    try {
      HttpResponse<String> answer = send(to(FLOWERS));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains(trouble.text);
    } finally {
      behind(flowers.port(), serving.getCertificatePEM(), State.AVAILABLE);
    }
  }

  /// What may be wrong.
  enum Trouble {
    UNAVAILABLE("service unavailable"),
    NOT_TRUSTED("error trying to reach service: tls: failed to verify certificate: x509:"),
    GONE("connect: connection refused");

    private final String text;

    Trouble(String text) {
      this.text = text;
    }
  }

  @Test
  void upgradesPassThrough() throws Exception {
    try (var echo = (SSLServerSocket) tls().getServerSocketFactory().createServerSocket(0)) {
      var running = Thread.ofVirtual().start(() -> echo(echo));
      behind(echo.getLocalPort(), serving.getCertificatePEM(), State.AVAILABLE);
      try (Socket client =
          pki.clientContext("jane", "people")
              .getSocketFactory()
              .createSocket("localhost", server.port())) {
        client
            .getOutputStream()
            .write(
                ("GET "
                        + FLOWERS
                        + "/iris/smell HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                        + "Upgrade: scent\r\n\r\n")
                    .getBytes(ISO_8859_1));
        var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        assertThat(lines.readLine()).contains("101");
        for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
          assertThat(line).doesNotContain("500");
        }
        client.getOutputStream().write("mmm\n".getBytes(ISO_8859_1));
        assertThat(lines.readLine()).isEqualTo("echo mmm");
      }
      running.join();
    } finally {
      behind(flowers.port(), serving.getCertificatePEM(), State.AVAILABLE);
    }
  }

  private static void echo(SSLServerSocket listening) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
        assertThat(line).isNotEmpty();
      }
      String head = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: scent\r\n";
      socket.getOutputStream().write((head + "\r\n").getBytes(ISO_8859_1));
      socket.getOutputStream().write(("echo " + lines.readLine() + "\n").getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
