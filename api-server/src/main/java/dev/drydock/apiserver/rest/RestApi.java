package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.aggregation.ApiServiceEntry;
import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.nodeproxy.Destinations;
import dev.drydock.apiserver.nodeproxy.NodePages;
import dev.drydock.apiserver.nodeproxy.PodLogs;
import dev.drydock.apiserver.nodeproxy.PodPorts;
import dev.drydock.apiserver.nodeproxy.PodSessions;
import dev.drydock.apiserver.nodeproxy.Tunnels;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ServedTypes;
import dev.drydock.apiserver.rest.extension.ExtensionTunnels;
import dev.drydock.apiserver.table.Tables;
import dev.drydock.client.time.Timers;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// What the HTTPS port answers, without the port.
public final class RestApi {
  private final Dispatcher dispatcher;
  private final WatchEndpoint watches;

  /// What objects are served, and how they are reached.
  public record Backend(
      ApiService service, ServedTypes types, Nodes nodes, Extensions extensions) {}

  /// What other servers serve.
  ///
  /// @param serving finds the other server of a path's group version
  public record Extensions(
      Function<String, Optional<ApiServiceEntry>> serving, ExtensionTunnels tunnels) {}

  /// What is reached through nodes.
  public record Nodes(
      PodLogs logs,
      PodSessions sessions,
      PodPorts ports,
      Destinations destinations,
      Tunnels tunnels,
      NodePages pages,
      ConnectGate gate) {}

  /// What is served beside objects.
  ///
  /// @param tables how objects are shown to people
  /// @param documents JSON texts by path
  /// @param texts plain texts by path
  /// @param metrics Prometheus' text
  public record Surroundings(
      List<HealthCheck> checks,
      Supplier<DiscoveryDocuments> discovery,
      Tables tables,
      Map<String, Supplier<String>> documents,
      Map<String, Supplier<String>> texts,
      Supplier<String> metrics) {}

  public RestApi(
      Backend backend,
      Pipeline pipeline,
      Surroundings surroundings,
      Timers timers,
      InstantSource clock,
      RandomGenerator random) {
    var codec = new ProtobufCodec(Schemas.builtIn());
    var views = new Views(surroundings.tables(), backend.types()::listForm, clock, codec);
    watches = new WatchEndpoint(backend.service(), views, timers, random);
    var resources =
        new ResourceEndpoint(
            backend.service(),
            watches,
            views,
            new ConnectEndpoint(backend.nodes()),
            new Bodies(codec));
    dispatcher =
        new Dispatcher(
            backend.types(),
            new Dispatcher.Extensions(
                backend.extensions().serving(),
                new ExtensionEndpoint(backend.extensions().tunnels())),
            pipeline,
            resources,
            new Dispatcher.Beside(pages(surroundings), views),
            () -> new UUID(random.nextLong(), random.nextLong()).toString());
  }

  private static List<Page> pages(Surroundings surroundings) {
    Map<String, DocumentPage.Document> documents = new HashMap<>();
    surroundings
        .documents()
        .forEach((path, text) -> documents.put(path, DocumentPage.Document.json(text)));
    surroundings
        .texts()
        .forEach(
            (path, text) ->
                documents.put(path, new DocumentPage.Document("text/plain; charset=utf-8", text)));
    documents.put(
        "/metrics",
        new DocumentPage.Document(
            "text/plain; version=0.0.4; charset=utf-8", surroundings.metrics()));
    List<Page> pages =
        List.of(
            new HealthPage(surroundings.checks()),
            new DiscoveryPage(surroundings.discovery()),
            new DocumentPage(documents));
    return Stream.concat(pages.stream(), Stream.of(new IndexPage(pages))).toList();
  }

  Dispatcher dispatcher() {
    return dispatcher;
  }

  /// Ends all watches; clients come again, elsewhere.
  public void endWatches() {
    watches.endAll();
  }

  /// How many watches run.
  public int watchCount() {
    return watches.count();
  }
}
