package dev.drydock.apiserver.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.discovery.Definitions;
import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import dev.drydock.apiserver.filter.AuthoriseFilter;
import dev.drydock.apiserver.filter.IdentifyFilter;
import dev.drydock.apiserver.filter.LedgerFilter;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.ledger.Ledger;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.table.Tables;
import dev.drydock.client.net.EventLoops;
import dev.drydock.testkit.time.FakeClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;

/// A server on a port of its own in front of objects in a map.
final class RestFixture implements AutoCloseable {
  private static final ResourceType CONFIG_MAPS =
      new ResourceType("", "v1", "configmaps", "ConfigMap", Scope.NAMESPACED);

  final TestPki pki = new TestPki();
  final FakeApiService service = new FakeApiService();
  final Ledger ledger = new Ledger(100, 1 << 20);
  private final EventLoops loops = new EventLoops(2);
  final RestServer server = server();
  final HttpClient http = client(HttpClient.Version.HTTP_1_1);

  private RestServer server() {
    var clock = new FakeClock();
    var pipeline =
        new Pipeline(
            List.of(
                new LedgerFilter(ledger, clock),
                new IdentifyFilter(
                    credentials -> {
                      assertThat(credentials.certificate()).isNotNull();
                      return User.of("jane", List.of(User.AUTHENTICATED));
                    }),
                new AuthoriseFilter(
                    wanted ->
                        wanted.verb().equals("deletecollection")
                            ? new Authorizer.Verdict.NoOpinion("")
                            : new Authorizer.Verdict.Allow(""))));
    var api =
        new RestApi(
            new RestApi.Backend(
                service,
                (group, version, resource) ->
                    resource.equals("configmaps") && group.isEmpty() && version.equals("v1")
                        ? Optional.of(CONFIG_MAPS)
                        : Optional.empty(),
                NoNodes.nodes(service),
                NoNodes.extensions()),
            pipeline,
            new RestApi.Surroundings(
                List.of(
                    new HealthCheck("ping", Set.of(HealthCheck.Part.values()), () -> true),
                    new HealthCheck("etcd", Set.of(HealthCheck.Part.READYZ), () -> false)),
                () ->
                    new DiscoveryDocuments(
                        List.of(BuiltInTypes.get().find("v1", "configmaps").orElseThrow()),
                        new Definitions(Schemas.builtIn(), List.of()),
                        "localhost:1"),
                new Tables(_ -> Optional.empty()),
                Map.of("/openid/v1/jwks", () -> "{\"keys\":[]}"),
                Map.of(),
                () -> "up 1\n"),
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

  HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(pki.clientContext("jane", "people"))
        .build();
  }

  void start() {
    server.start();
  }

  @Override
  public void close() {
    server.close();
    loops.close();
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
