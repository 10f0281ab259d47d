package dev.drydock.kubelet.program.agnhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpCall;
import dev.drydock.kubelet.program.tls.TlsClient;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Judges the pod's own token by what its issuer publishes of itself: `--token-path`, `--audience`.
final class IssuerDiscovery implements Program {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";

  private final JsonMapper json = JsonMapper.builder().build();

  /// The parts of a signed token.
  ///
  /// @param signature in base64url
  private record Token(JsonNode header, JsonNode claims, String signed, String signature) {}

  @Override
  public int run(World world) throws IOException {
    Flags flags = Flags.of(world);
    try {
      Token token = token(world.files().readText(world.path(flags.text("token-path"))));
      world.print("OK: Got token");
      String issuer = token.claims().path("iss").asString("");
      world.print("OK: got issuer " + issuer);
      JsonNode configuration = get(world, "/.well-known/openid-configuration");
      demand(configuration.path("issuer").asString("").equals(issuer), "issuer did not match");
      world.print("OK: Constructed OIDC provider for issuer " + issuer);
      JsonNode keys = get(world, URI.create(configuration.path("jwks_uri").asString("")).getPath());
      demand(isSigned(token, keys.path("keys")), "failed to verify id token signature");
      world.print("OK: Validated signature on JWT");
      checkClaims(token.claims(), flags.text("audience"), world.clock().instant());
      world.print("OK: Got valid claims from token!");
      return 0;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException refused) {
      world.complain(String.valueOf(refused.getMessage()));
      return 1;
    }
  }

  private Token token(String text) throws IOException {
    String[] parts = text.strip().split("\\.", -1);
    demand(parts.length == 3, "malformed token");
    Base64.Decoder decoder = Base64.getUrlDecoder();
    return new Token(
        json.readTree(decoder.decode(parts[0])),
        json.readTree(decoder.decode(parts[1])),
        parts[0] + "." + parts[1],
        parts[2]);
  }

  /// Asks the api-server, as the pod's service account.
  private JsonNode get(World world, String path) throws IOException {
    String host = world.environment().getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = world.environment().getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    var server = new Endpoint(host, Integer.parseInt(port));
    String account = world.files().readText(world.path(ACCOUNT)).strip();
    try (Connection connection = world.dial(server, PATIENCE)) {
      HttpCall.Reply reply =
          HttpCall.get(path, server.toString(), "Go-http-client/1.1")
              .with("Authorization", "Bearer " + account)
              .send(TlsClient.secured(connection));
      demand(reply.status() == 200, path + ": " + reply.line());
      return json.readTree(reply.body());
    }
  }

  private static boolean isSigned(Token token, JsonNode keys) throws GeneralSecurityException {
    for (JsonNode key : keys) {
      if (key.path("kid").equals(token.header().path("kid"))) {
        boolean curve = key.path("kty").asString("").equals("EC");
        Signature check =
            Signature.getInstance(curve ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
        check.initVerify(publicKey(key));
        check.update(token.signed().getBytes(UTF_8));
        return check.verify(Base64.getUrlDecoder().decode(token.signature()));
      }
    }
    return false;
  }

  private static PublicKey publicKey(JsonNode key) throws GeneralSecurityException {
    if (key.path("kty").asString("").equals("EC")) {
      var curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec("secp256r1"));
      return KeyFactory.getInstance("EC")
          .generatePublic(
              new ECPublicKeySpec(
                  new ECPoint(number(key.path("x")), number(key.path("y"))),
                  curve.getParameterSpec(ECParameterSpec.class)));
    }
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
  }

  private static BigInteger number(JsonNode text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text.asString("")));
  }

  private static void checkClaims(JsonNode claims, String audience, Instant now)
      throws IOException {
    boolean meant = claims.path("aud").asString("").equals(audience);
    for (JsonNode one : claims.path("aud")) {
      meant |= one.asString("").equals(audience);
    }
    demand(meant, "expected audience \"" + audience + "\" got " + claims.path("aud"));
    demand(claims.path("exp").asLong(0) > now.getEpochSecond(), "token is expired");
  }

  private static void demand(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
