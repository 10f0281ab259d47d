package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.aggregation.ApiServiceEntry;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.nodeproxy.Destination;
import dev.drydock.apiserver.nodeproxy.Tunnel;
import dev.drydock.apiserver.rest.extension.ExtensionTunnels;
import dev.drydock.apiserver.rest.extension.FrontProxyHeaders;
import dev.drydock.apiserver.rest.proxy.HttpExchange;
import dev.drydock.apiserver.rest.proxy.OutgoingRequest;
import dev.drydock.apiserver.rest.proxy.OutgoingRequest.Upgrading;
import dev.drydock.apiserver.rest.proxy.UpgradeExchange;
import dev.drydock.apiserver.rest.upgrade.RawTakeover;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes requests on to the extension api-server whose group version they are about.
final class ExtensionEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ExtensionEndpoint.class);
  private static final int UNAVAILABLE = 503;
  private static final int SWITCHING = 101;

  /// Those of the hop, and those that we say ourselves.
  private static final Set<String> NOT_PASSED_BACK =
      Set.of(
          "connection",
          "keep-alive",
          "transfer-encoding",
          "content-length",
          "content-type",
          "date",
          "audit-id",
          "cache-control",
          "x-kubernetes-pf-flowschema-uid",
          "x-kubernetes-pf-prioritylevel-uid");

  private final ExtensionTunnels connections;

  ExtensionEndpoint(ExtensionTunnels connections) {
    this.connections = connections;
  }

  private record Passing(Pipeline pipeline, Call call, RestRequest request, Backend backend) {
    void ended(int code) {
      pipeline.end(call, Outcome.answered(code));
    }
  }

  Answer answer(Pipeline pipeline, Call call, RestRequest request, ApiServiceEntry entry) {
    pipeline.begin(call);
    Backend backend = entry.backend();
    if (backend == null || !entry.isAvailable()) {
      pipeline.end(call, Outcome.answered(UNAVAILABLE));
      return Answer.text(UNAVAILABLE, "service unavailable\n");
    }
    var passing = new Passing(pipeline, call, request, backend);
    try {
      Tunnel tunnel = connections.open(backend);
      call.onAbort(tunnel::close);
      return request.headers().containsValue("Connection", "upgrade", true)
          ? upgrade(passing, tunnel)
          : exchange(passing, tunnel);
    } catch (IOException failure) {
      LOG.info("extension api-server of {}: {}", entry.name(), failure.getMessage());
      passing.ended(UNAVAILABLE);
      return Answer.text(
          UNAVAILABLE, "error trying to reach service: " + failure.getMessage() + "\n");
    } catch (ApiException nowhere) {
      LOG.info("extension api-server of {}: {}", entry.name(), nowhere.getMessage());
      passing.ended(UNAVAILABLE);
      return Answer.text(UNAVAILABLE, "service unavailable\n");
    } catch (RuntimeException problem) {
      ApiException failure = pipeline.failure(call, problem);
      pipeline.end(call, Outcome.failed(failure));
      throw failure;
    }
  }

  private static OutgoingRequest outgoing(Passing passing, Upgrading upgrading) {
    RestRequest request = passing.request();
    Map<String, String> own = new LinkedHashMap<>();
    own.put("Host", passing.backend().serverName() + ":" + passing.backend().port());
    own.put("Audit-ID", passing.call().arrival().client().auditId());
    String before = request.header("X-Forwarded-For");
    String peer = request.peer().address();
    own.put("X-Forwarded-For", before.isEmpty() ? peer : before + ", " + peer);
    HttpHeaders headers = OutgoingRequest.passOn(request.headers(), own, upgrading);
    FrontProxyHeaders.put(headers, passing.call().user());
    List.copyOf(headers.names()).stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-http2-"))
        .forEach(headers::remove);
    return new OutgoingRequest(request.method(), request.uri(), headers, request.body());
  }

  private static Answer upgrade(Passing passing, Tunnel tunnel) throws IOException {
    UpgradeExchange.Head head = UpgradeExchange.send(tunnel, outgoing(passing, Upgrading.KEPT));
    if (head.code() == SWITCHING) {
      passing.call().begun();
      return new Answer.Upgraded(
          new RawTakeover(head.headers(), tunnel, head.rest(), () -> passing.ended(SWITCHING)),
          List.of());
    }
    tunnel.close();
    passing.ended(head.code());
    return new Answer.Complete(head.code(), "", head.rest(), List.of());
  }

  private static Answer exchange(Passing passing, Tunnel tunnel) throws IOException {
    var exchange = new HttpExchange(tunnel, Destination.Scheme.HTTP);
    HttpResponse response;
    try {
      response = exchange.send(outgoing(passing, Upgrading.DROPPED));
    } catch (IOException | RuntimeException failure) {
      exchange.close();
      throw failure;
    }
    int code = response.status().code();
    if (passing.call().arrival().lasting() == Call.Lasting.LONG) {
      passing.call().begun();
    }
    List<Answer.Header> headers = new ArrayList<>();
    response
        .headers()
        .forEach(
            header -> {
              if (!NOT_PASSED_BACK.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(new Answer.Header(header.getKey(), header.getValue()));
              }
            });
    String type = response.headers().get("Content-Type", "");
    String length = response.headers().get("Content-Length", "");
    var body =
        new ProxyBody(
            exchange,
            length.matches("[0-9]{1,18}") ? Long.parseLong(length) : StreamBody.UNKNOWN,
            () -> passing.ended(code));
    return new Answer.Streaming(code, type, body, headers);
  }
}
