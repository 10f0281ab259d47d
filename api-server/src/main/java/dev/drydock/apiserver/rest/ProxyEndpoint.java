package dev.drydock.apiserver.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.nodeproxy.Destination;
import dev.drydock.apiserver.nodeproxy.NodePages;
import dev.drydock.apiserver.nodeproxy.Tunnel;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.rest.proxy.HttpExchange;
import dev.drydock.apiserver.rest.proxy.OutgoingRequest;
import dev.drydock.apiserver.rest.proxy.OutgoingRequest.Upgrading;
import dev.drydock.apiserver.rest.proxy.Rewriting;
import dev.drydock.apiserver.rest.proxy.UpgradeExchange;
import dev.drydock.apiserver.rest.upgrade.RawTakeover;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The sub-resource `proxy` of pods, Services and nodes: any HTTP request, passed on.
final class ProxyEndpoint {
  private static final Set<String> NOT_PASSED_BACK =
      Set.of(
          "connection",
          "keep-alive",
          "transfer-encoding",
          "content-length",
          "content-type",
          "date");

  private final RestApi.Nodes nodes;

  ProxyEndpoint(RestApi.Nodes nodes) {
    this.nodes = nodes;
  }

  /// What is passed on.
  private record Passing(
      Pipeline pipeline, Call call, RestRequest request, Target target, ProxyPath path) {
    void ended(int code) {
      pipeline.end(call, Outcome.answered(code));
    }
  }

  Answer answer(Pipeline pipeline, Call call, RestRequest request, Target target) {
    var passing = new Passing(pipeline, call, request, target, ProxyPath.of(request, target));
    pipeline.begin(call);
    try {
      String kind = target.type().kind() + "ProxyOptions";
      var options = ConnectGate.options().put("path", passing.path().rest());
      nodes
          .gate()
          .review()
          .admit(call.context(), target, options.put("kind", kind).put("apiVersion", "v1"));
      return switch (nodes.destinations().find(call.context(), target)) {
        case Destination.Kubelet(String node) -> page(passing, node);
        case Destination.Server server -> serve(passing, server);
      };
    } catch (RuntimeException problem) {
      ApiException failure = pipeline.failure(call, problem);
      pipeline.end(call, Outcome.failed(failure));
      throw failure;
    }
  }

  private Answer page(Passing passing, String node) {
    NodePages.Page page =
        nodes
            .pages()
            .get(
                passing.call().context(),
                node,
                passing.request().method(),
                passing.path().target());
    passing.ended(page.code());
    return new Answer.Complete(page.code(), page.contentType(), page.body(), List.of());
  }

  private Answer serve(Passing passing, Destination.Server server) {
    RestRequest request = passing.request();
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    if (reads && passing.path().rest().isEmpty()) {
      passing.ended(301);
      return new Answer.Complete(
          301, "", new byte[0], List.of(new Answer.Header("Location", passing.path().withSlash())));
    }
    try {
      Tunnel tunnel = nodes.tunnels().open(passing.call().context(), server.place());
      return request.headers().containsValue("Connection", "upgrade", true)
          ? upgrade(passing, server, tunnel)
          : exchange(passing, server, tunnel);
    } catch (IOException failure) {
      throw ApiException.of(
          StatusReason.SERVICE_UNAVAILABLE,
          "error trying to reach service: " + failure.getMessage());
    }
  }

  private static OutgoingRequest outgoing(
      Passing passing, Destination.Server server, Upgrading upgrading) {
    RestRequest request = passing.request();
    Map<String, String> own = new LinkedHashMap<>();
    own.put("Host", server.host());
    own.put("X-Forwarded-Uri", request.path());
    own.put("X-Forwarded-Host", request.header("Host"));
    own.put("X-Forwarded-Proto", "https");
    String before = request.header("X-Forwarded-For");
    String peer = request.peer().address();
    own.put("X-Forwarded-For", before.isEmpty() ? peer : before + ", " + peer);
    HttpHeaders headers = OutgoingRequest.passOn(request.headers(), own, upgrading);
    return new OutgoingRequest(request.method(), passing.path().target(), headers, request.body());
  }

  private static Answer upgrade(Passing passing, Destination.Server server, Tunnel tunnel)
      throws IOException {
    UpgradeExchange.Head head =
        UpgradeExchange.send(tunnel, outgoing(passing, server, Upgrading.KEPT));
    if (head.code() == 101) {
      return new Answer.Upgraded(
          new RawTakeover(head.headers(), tunnel, head.rest(), () -> passing.ended(101)),
          List.of());
    }
    tunnel.close();
    throw ApiException.of(
        StatusReason.SERVICE_UNAVAILABLE,
        "error trying to reach service: the server answered the upgrade with " + head.code());
  }

  private static Answer exchange(Passing passing, Destination.Server server, Tunnel tunnel)
      throws IOException {
    var exchange = new HttpExchange(tunnel, server.scheme());
    HttpResponse response;
    try {
      response = exchange.send(outgoing(passing, server, Upgrading.DROPPED));
    } catch (IOException failure) {
      exchange.close();
      throw failure;
    }
    int code = response.status().code();
    String type = response.headers().get("Content-Type", "");
    var rewriting =
        new Rewriting(passing.path().prefix(), server.host(), passing.request().header("Host"));
    List<Answer.Header> headers = headers(response.headers(), rewriting);
    boolean html =
        type.toLowerCase(Locale.ROOT).startsWith("text/html")
            && !response.headers().contains("Content-Encoding")
            && !response.headers().contains("Location");
    if (html) {
      try (exchange) {
        byte[] page = rewriting.page(new String(all(exchange), UTF_8)).getBytes(UTF_8);
        passing.ended(code);
        return new Answer.Complete(code, type, page, headers);
      }
    }
    long length = length(response.headers());
    var body = new ProxyBody(exchange, length, () -> passing.ended(code));
    return new Answer.Streaming(code, type, body, headers);
  }

  private static byte[] all(HttpExchange exchange) throws IOException {
    var whole = new ByteArrayOutputStream();
    for (byte[] piece = exchange.read(); piece != null; piece = exchange.read()) {
      whole.writeBytes(piece);
    }
    return whole.toByteArray();
  }

  private static long length(HttpHeaders headers) {
    String text = headers.get("Content-Length", "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : StreamBody.UNKNOWN;
  }

  private static List<Answer.Header> headers(HttpHeaders received, Rewriting rewriting) {
    List<Answer.Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : received) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.equals("location")) {
        headers.add(new Answer.Header(header.getKey(), rewriting.url(header.getValue())));
      } else if (!NOT_PASSED_BACK.contains(name)) {
        headers.add(new Answer.Header(header.getKey(), header.getValue()));
      }
    }
    return headers;
  }
}
