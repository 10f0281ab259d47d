package dev.drydock.apiserver.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.apiserver.access.Credentials;
import dev.drydock.apiserver.access.Impersonation;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.Verb;
import dev.drydock.testkit.time.FakeClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AuditTest {
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: None
        users: [system:kube-proxy]
        verbs: [watch]
        resources: [{group: "", resources: [endpoints, services]}]
      - level: RequestResponse
        resources: [{group: "", resources: [configmaps]}]
        omitManagedFields: true
      - level: Request
        namespaces: [secret-place]
      - level: Metadata
        resources: [{group: "", resources: ["pods/*"]}]
      - level: None
        nonResourceURLs: ["/healthz*"]
      - level: Metadata
        userGroups: [people]
        omitStages: [ResponseStarted]
      """;

  private final FakeClock clock = new FakeClock();

  private static AuditPolicy policy() {
    return AuditPolicy.of(YamlCodec.readAll(POLICY).getFirst(), "test");
  }

  private static Subject on(String verb, String resource) {
    if (resource.startsWith("/")) {
      return new Subject.Path(verb, resource);
    }
    String[] parts = resource.split("/", -1);
    var type = new ResourceType("", "v1", parts[1], "Any", Scope.NAMESPACED);
    return new Subject.Resource(
        Verb.valueOf(verb.toUpperCase(java.util.Locale.ROOT)),
        new Target(type, parts[0], "x", parts.length > 2 ? parts[2] : ""),
        "x");
  }

  @ParameterizedTest
  @CsvSource({
    "system:kube-proxy, watch, a/services, NONE",
    "system:kube-proxy, get, a/services, METADATA",
    "jane, create, a/configmaps, REQUEST_RESPONSE",
    "jane, create, secret-place/services, REQUEST",
    "jane, get, a/pods/log, METADATA",
    "jane, get, /healthz/etcd, NONE",
    "jane, get, /version, METADATA",
  })
  void theFirstRuleThatFitsDecides(String user, String verb, String what, AuditPolicy.Level level) {
    var verdict = policy().of(User.of(user, List.of("people")), on(verb, what));
    assertThat(verdict.level()).isEqualTo(level);
    if (level != AuditPolicy.Level.NONE) {
      assertThat(verdict.omitted()).contains(AuditPolicy.Stage.REQUEST_RECEIVED);
    }
  }

  private Call call() {
    return new Call(
        new Call.Arrival(
            on("create", "a/configmaps"),
            Credentials.NONE,
            Impersonation.NONE,
            new Call.Client(
                "kubectl/v1", "10.0.0.1", "id-1", "/api/v1/namespaces/a/configmaps?x=1"),
            List.of(),
            Instant.EPOCH,
            Call.Lasting.SHORT));
  }

  @Test
  void anEventTellsWhoDidWhatWithWhat(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("audit.log");
    var log =
        new AuditLog(
            new AuditLog.Settings(policy(), new AuditLog.Files(file, 0, 0, 0), null), clock, clock);
    log.start();
    Filter decide =
        new Filter() {
          @Override
          public void before(Call call) {
            call.notes().annotate("authorization.k8s.io/decision", "allow");
          }
        };
    var pipeline =
        new Pipeline(
            List.of(
                log,
                new IdentifyFilter(_ -> User.of("jane", List.of("people"))),
                log.begin(),
                decide));
    Call call = call();
    JsonNode body =
        TreeCodec.readValue(
            "{\"metadata\":{\"name\":\"x\",\"managedFields\":[{}]},\"data\":{\"a\":\"b\"}}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    pipeline.run(
        call,
        () -> {
          call.notes().request(body);
          call.notes().response(() -> body);
          return body;
        },
        _ -> Outcome.answered(201));
    log.close();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst())
        .startsWith("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\"")
        .contains("\"level\":\"RequestResponse\"", "\"stage\":\"ResponseComplete\"")
        .contains("\"requestURI\":\"/api/v1/namespaces/a/configmaps?x=1\"")
        .contains("\"requestObject\":{\"metadata\":{\"name\":\"x\"}")
        .contains("\"responseStatus\":{\"metadata\":{},\"code\":201}")
        .contains("\"annotations\":{\"authorization.k8s.io/decision\":\"allow\"}")
        .doesNotContain("managedFields");
  }

  @Test
  void eventsGoToAServerManyAtOnce(@TempDir Path folder) throws Exception {
    var told = new ArrayBlockingQueue<String>(10);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    Path kubeconfig =
        Files.writeString(
            folder.resolve("server.yaml"),
            """
            {apiVersion: v1, kind: Config, current-context: it,
             contexts: [{name: it, context: {cluster: there}}],
             clusters: [{name: there, cluster: {server: 'http://127.0.0.1:%d/'}}]}
            """
                .formatted(server.getAddress().getPort()));
    var batches =
        new AuditLog.Server(
            kubeconfig, AuditLog.Server.Mode.BATCH, 2, java.time.Duration.ofMinutes(5), 10);
    var log = new AuditLog(new AuditLog.Settings(policy(), null, batches), clock, clock);
    log.start();
    var pipeline =
        new Pipeline(
            List.of(log, new IdentifyFilter(_ -> User.of("jane", List.of("people"))), log.begin()));
    for (int i = 0; i < 3; i++) {
      pipeline.run(call(), () -> "done", _ -> Outcome.answered(200));
    }
    JsonNode first = TreeCodec.readValue(told.take().getBytes(StandardCharsets.UTF_8));
    assertThat(first.path("kind").asString("")).isEqualTo("EventList");
    assertThat(first.path("items")).hasSize(2);
    log.close();
    JsonNode rest = TreeCodec.readValue(told.take().getBytes(StandardCharsets.UTF_8));
    assertThat(rest.at("/items/0/user/username").asString("")).isEqualTo("jane");
    server.stop(0);
  }

  @Test
  void aFullFileIsTurnedOverAndOldOnesGo(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("audit.log");
    try (var file = new AuditFile(new AuditFile.Settings(path, 1, 1, 0), clock)) {
      String line = "x".repeat(1 << 19);
      for (int i = 0; i < 6; i++) {
        file.line(line);
        clock.advance(java.time.Duration.ofSeconds(1));
      }
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())).toList())
          .hasSize(2)
          .anyMatch(name -> name.matches("audit-\\d{4}-\\d\\d-\\d\\dT[0-9-]+\\.\\d{3}\\.log"));
    }
    assertThat(Set.of(path)).allMatch(Files::exists);
  }
}
