package dev.drydock.apiserver.access.asking;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.drydock.api.codec.TreeCodec;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A server outside, in this process. Answers as it is told, and remembers what it was asked.
final class OutsideServer implements AutoCloseable {
  final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  volatile int code = 200;
  private final HttpsServer server;
  private final X509Bundle bundle;

  /// @param answer makes of a review's `spec` the `status`
  OutsideServer(Function<JsonNode, String> answer) throws Exception {
    bundle =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=outside")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/ask", exchange -> answer(exchange, answer));
    server.start();
  }

  private void answer(HttpExchange exchange, Function<JsonNode, String> answer) throws IOException {
    ObjectNode review = TreeCodec.read(exchange.getRequestBody().readAllBytes());
    asked.add(review);
    review.set(
        "status",
        TreeCodec.read(answer.apply(review.path("spec")).getBytes(StandardCharsets.UTF_8)));
    boolean known = "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] bytes = TreeCodec.write(review);
    exchange.sendResponseHeaders(known ? code : 401, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /// A kubeconfig in that directory.
  Path kubeconfig(Path directory) throws IOException {
    Path authority = Files.writeString(directory.resolve("ca.crt"), bundle.getCertificatePEM());
    return Files.writeString(
        directory.resolve("outside.kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        current-context: it
        contexts: [{name: it, context: {cluster: there, user: me}}]
        clusters:
        - name: there
          cluster: {server: 'https://127.0.0.1:%d/ask', certificate-authority: %s}
        users: [{name: me, user: {token: secret}}]
        """
            .formatted(server.getAddress().getPort(), authority.getFileName()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
