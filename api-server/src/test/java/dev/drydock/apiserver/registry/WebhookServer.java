package dev.drydock.apiserver.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A webhook in this process. Answers as it is told, and remembers what it was asked.
final class WebhookServer implements AutoCloseable {
  final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final HttpsServer server;
  private final X509Bundle bundle;

  /// @param answer makes of a review's `request` the `response`, without `uid`
  WebhookServer(Function<JsonNode, String> answer) throws Exception {
    bundle =
        new CertificateBuilder()
            .subject("CN=webhook")
            .addSanIpAddress("127.0.0.1")
            .addSanDnsName("hook.default.svc")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    KeyManagerFactory keys = bundle.toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", exchange -> answer(exchange, answer));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<JsonNode, String> answer) throws IOException {
    JsonNode review = RegistryFixture.JSON.readTree(exchange.getRequestBody().readAllBytes());
    asked.add(review);
    ObjectNode response =
        (ObjectNode) RegistryFixture.JSON.readTree(answer.apply(review.path("request")));
    response.set("uid", review.path("request").path("uid"));
    ObjectNode body = RegistryFixture.JSON.createObjectNode();
    body.set("apiVersion", review.path("apiVersion"));
    body.set("kind", review.path("kind"));
    body.set("response", response);
    byte[] bytes = RegistryFixture.JSON.writeValueAsBytes(body);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// `clientConfig` by URL.
  String byUrl() {
    return "{\"url\": \"https://127.0.0.1:" + port() + "/hook\", \"caBundle\": \"" + ca() + "\"}";
  }

  String ca() {
    return Base64.getEncoder()
        .encodeToString(bundle.getCertificatePEM().getBytes(StandardCharsets.UTF_8));
  }

  static String patch(String operations) {
    String encoded =
        Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8));
    return "{\"allowed\": true, \"patchType\": \"JSONPatch\", \"patch\": \"" + encoded + "\"}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
