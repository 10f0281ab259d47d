package dev.drydock.apiserver.access.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// An issuer of tokens in this process: discovery document, keys, and a pen to sign with.
final class IssuerServer implements AutoCloseable {
  final AtomicInteger fetched = new AtomicInteger();
  final List<JWK> keys = new CopyOnWriteArrayList<>();
  private final HttpsServer server;
  private final X509Bundle bundle;

  IssuerServer() throws Exception {
    this(
        new CertificateBuilder()
            .ecp256()
            .subject("CN=issuer")
            .addSanIpAddress("127.0.0.1")
            .setIsCertificateAuthority(true)
            .buildSelfSigned());
  }

  /// One whom those trust who trust that other one.
  IssuerServer(IssuerServer other) throws Exception {
    this(other.bundle);
  }

  private IssuerServer(X509Bundle bundle) throws Exception {
    this.bundle = bundle;
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/.well-known/openid-configuration", exchange -> say(exchange, about()));
    server.createContext("/keys", exchange -> say(exchange, published()));
    server.start();
  }

  private String about() {
    return "{\"issuer\": \"" + url() + "\", \"jwks_uri\": \"" + url() + "/keys\"}";
  }

  private String published() {
    fetched.incrementAndGet();
    return new JWKSet(keys).toString();
  }

  /// Tells the groups of whoever shows the right token.
  ///
  /// @param path below which the answer stands
  /// @param bearer empty: anybody may ask
  void tell(String path, String bearer, String token) {
    server.createContext(
        path,
        exchange -> {
          String shown = exchange.getRequestHeaders().getFirst("Authorization");
          if (bearer.isEmpty() || ("Bearer " + bearer).equals(shown)) {
            say(exchange, token);
          } else {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
          }
        });
  }

  private static void say(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  String authority() {
    return bundle.getCertificatePEM();
  }

  RSAKey rsa(String id) throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID(id).generate();
    keys.add(key.toPublicJWK());
    return key;
  }

  ECKey elliptic(String id) throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    keys.add(key.toPublicJWK());
    return key;
  }

  static String sign(JWK key, JWSAlgorithm algorithm, Map<String, Object> claims) throws Exception {
    JWSSigner signer =
        key instanceof ECKey elliptic
            ? new ECDSASigner(elliptic)
            : new RSASSASigner(key.toRSAKey());
    var token =
        new JWSObject(
            new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), new Payload(claims));
    token.sign(signer);
    return token.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
