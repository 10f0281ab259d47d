package dev.drydock.testkit.extension;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.drydock.api.codec.TreeCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import tools.jackson.databind.node.ObjectNode;

/// An extension api-server that serves `flowers` of `garden.example.com/v1`: get, list, watch,
/// create, delete. Lets in only who shows a certificate that it trusts, and remembers who asked.
public final class FlowerServer implements AutoCloseable {
  private static final String ROOT = "/apis/garden.example.com/v1";

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, ObjectNode> flowers = new ConcurrentSkipListMap<>();
  private final List<BlockingQueue<String>> watches = new CopyOnWriteArrayList<>();
  private final AtomicInteger made = new AtomicInteger();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /// A request that came.
  ///
  /// @param proxy subject of the certificate that the front proxy showed
  public record Asked(String method, String path, String proxy, Map<String, List<String>> headers) {
    public Asked {
      headers = Map.copyOf(headers);
    }

    /// The values of a header, named as `X-remote-user`.
    public List<String> header(String name) {
      return headers.getOrDefault(name, List.of());
    }
  }

  /// @param tls with the server's own key, and trust in front proxies
  /// @throws IOException when it can't listen on the loopback address
  public FlowerServer(SSLContext tls) throws IOException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /// All requests so far.
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName(),
              copy(exchange.getRequestHeaders())));
      if (path.equals(ROOT)) {
        send(exchange, 200, resources());
      } else if (path.equals("/openapi/v2")) {
        send(exchange, 200, openApi());
      } else if (path.endsWith("/flowers")) {
        collection(exchange);
      } else if (path.startsWith(ROOT + "/") && path.contains("/flowers/")) {
        one(exchange, path.substring(path.lastIndexOf('/') + 1));
      } else {
        send(exchange, 404, status());
      }
    }
  }

  private static Map<String, List<String>> copy(Headers headers) {
    Map<String, List<String>> copy = new ConcurrentSkipListMap<>();
    headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    return copy;
  }

  private void collection(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      ObjectNode flower = TreeCodec.read(exchange.getRequestBody().readAllBytes());
      ObjectNode metadata = (ObjectNode) flower.path("metadata");
      metadata.put("uid", "flower-" + made.incrementAndGet()).put("resourceVersion", "1");
      metadata.put("namespace", namespace(exchange));
      flowers.put(namespace(exchange) + "/" + metadata.path("name").stringValue(""), flower);
      tell("ADDED", flower);
      send(exchange, 201, flower);
    } else if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=")) {
      watch(exchange);
    } else {
      ObjectNode list = TreeCodec.read("{\"kind\":\"FlowerList\"}".getBytes(UTF_8));
      list.put("apiVersion", "garden.example.com/v1").putObject("metadata");
      var items = list.putArray("items");
      flowers.forEach(
          (key, flower) -> {
            if (key.startsWith(namespace(exchange))) {
              items.add(flower);
            }
          });
      send(exchange, 200, list);
    }
  }

  private void watch(HttpExchange exchange) throws IOException {
    var events = new LinkedBlockingQueue<String>();
    flowers.values().forEach(flower -> events.add(event("ADDED", flower)));
    watches.add(events);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write((events.take() + "\n").getBytes(UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      watches.remove(events);
    }
  }

  private void tell(String type, ObjectNode flower) {
    watches.forEach(watch -> watch.add(event(type, flower)));
  }

  private static String event(String type, ObjectNode flower) {
    return "{\"type\":\"" + type + "\",\"object\":" + flower + "}";
  }

  /// Empty for all namespaces.
  private static String namespace(HttpExchange exchange) {
    String[] steps = exchange.getRequestURI().getPath().split("/", -1);
    return steps.length > 5 && steps[4].equals("namespaces") ? steps[5] : "";
  }

  private void one(HttpExchange exchange, String name) throws IOException {
    String key = namespace(exchange) + "/" + name;
    boolean goes = exchange.getRequestMethod().equals("DELETE");
    ObjectNode flower = goes ? flowers.remove(key) : flowers.get(key);
    if (goes && flower != null) {
      tell("DELETED", flower);
    }
    send(exchange, flower == null ? 404 : 200, flower == null ? status() : flower);
  }

  private static ObjectNode status() {
    return TreeCodec.read(
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","code":404,\
        "reason":"NotFound","message":"no such flower"}\
        """
            .getBytes(UTF_8));
  }

  private static ObjectNode resources() {
    return TreeCodec.read(
        """
        {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"garden.example.com/v1",
         "resources":[{"name":"flowers","singularName":"flower","namespaced":true,
           "kind":"Flower","shortNames":["fl"],
           "verbs":["create","delete","get","list","watch"]}]}\
        """
            .getBytes(UTF_8));
  }

  private static ObjectNode openApi() {
    return TreeCodec.read(
        """
        {"swagger":"2.0","info":{"title":"garden","version":"v1"},
         "paths":{"/apis/garden.example.com/v1/flowers":{}, "/elsewhere":{}},
         "definitions":{"com.example.garden.v1.Flower":{"type":"object"}}}\
        """
            .getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int code, ObjectNode tree) throws IOException {
    byte[] body = TreeCodec.write(tree);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
