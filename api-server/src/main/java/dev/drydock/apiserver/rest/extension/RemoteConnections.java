package dev.drydock.apiserver.rest.extension;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.aggregation.ApiServiceEntry;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.aggregation.RemoteServers;
import dev.drydock.apiserver.nodeproxy.Destination;
import dev.drydock.apiserver.nodeproxy.Destinations;
import dev.drydock.apiserver.nodeproxy.Tunnel;
import dev.drydock.apiserver.nodeproxy.Tunnels;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.rest.proxy.HttpExchange;
import dev.drydock.apiserver.rest.proxy.OutgoingRequest;
import dev.drydock.apiserver.rest.proxy.TlsTunnel;
import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.time.Timers;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Connections to extension api-servers.
public final class RemoteConnections implements RemoteServers, ExtensionTunnels {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final User SELF = User.of("system:kube-aggregator", List.of(User.MASTERS));

  private final ResourceType services = BuiltInTypes.get().type("v1", "services");
  private final ApiService api;
  private final Ways ways;
  private final RemoteTrust trust;
  private final InstantSource clock;
  private final Timers timers;

  /// Into the cluster.
  public record Ways(Destinations destinations, Tunnels tunnels) {}

  /// @param own the front proxy's certificate; null: none is shown
  public RemoteConnections(
      ApiService api, Ways ways, @Nullable TlsMaterial own, InstantSource clock, Timers timers) {
    this.api = api;
    this.ways = ways;
    this.trust = new RemoteTrust(own);
    this.clock = clock;
    this.timers = timers;
  }

  @Override
  public Tunnel open(Backend backend) throws IOException {
    var context = new RequestContext(SELF, "kube-aggregator", List.of(), clock.instant(), _ -> {});
    Tunnel plain = ways.tunnels().open(context, place(context, backend));
    try {
      return new TlsTunnel(plain, trust.engine(backend));
    } catch (IOException | RuntimeException failure) {
      plain.close();
      throw failure;
    }
  }

  private Tunnels.Place place(RequestContext context, Backend backend) {
    var target = new Target(services, backend.namespace(), backend.service(), "");
    JsonNode spec = api.get(context, target, ReadOptions.NONE).tree().path("spec");
    if (spec.path("type").stringValue("").equals("ExternalName")) {
      return new Tunnels.Place.OnHost(spec.path("externalName").stringValue(""), backend.port());
    }
    Target proxied = target.withName("https:" + backend.service() + ":" + backend.port());
    return switch (ways.destinations().find(context, proxied)) {
      case Destination.Server server -> server.place();
      case Destination.Kubelet(String node) ->
          throw ApiException.internalError("a Service can't lead to the kubelet of " + node);
    };
  }

  @Override
  public Reply get(ApiServiceEntry server, String path, String accept) throws IOException {
    Backend backend = server.backend();
    if (backend == null) {
      throw new IOException(server.name() + " is served here");
    }
    try {
      Tunnel tunnel = open(backend);
      Timers.Cancellable end = timers.after(PATIENCE, tunnel::close);
      try (var exchange = new HttpExchange(tunnel, Destination.Scheme.HTTP)) {
        return get(exchange, backend, path, accept);
      } finally {
        end.cancel();
      }
    } catch (ApiException nowhere) {
      throw new IOException(nowhere.getMessage(), nowhere);
    }
  }

  private static Reply get(HttpExchange exchange, Backend backend, String path, String accept)
      throws IOException {
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set("Host", backend.serverName());
    headers.set("Accept", accept);
    headers.set("User-Agent", "kube-aggregator");
    headers.set("Connection", "close");
    FrontProxyHeaders.put(headers, SELF);
    HttpResponse response = exchange.send(new OutgoingRequest("GET", path, headers, new byte[0]));
    Map<String, String> received = new HashMap<>();
    response
        .headers()
        .forEach(
            header -> received.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
    var body = new ByteArrayOutputStream();
    for (byte[] piece = exchange.read(); piece != null; piece = exchange.read()) {
      body.writeBytes(piece);
    }
    return new Reply(response.status().code(), received, body.toByteArray());
  }
}
