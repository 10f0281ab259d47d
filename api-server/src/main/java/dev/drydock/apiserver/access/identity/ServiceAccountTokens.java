package dev.drydock.apiserver.access.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.TokenIssuer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes bound tokens of service accounts, with the claims Kubernetes gives them.
public final class ServiceAccountTokens implements TokenIssuer {
  static final String PRIVATE_CLAIM = "kubernetes.io";
  static final String SUBJECT = "system:serviceaccount:";

  /// What a kubelet asks for; such a token lives longer and warns after this.
  private static final Duration OF_KUBELET = Duration.ofSeconds(3607);

  private static final Duration EXTENDED = Duration.ofDays(365);

  private final TokenKeys keys;
  private final TokenSettings settings;
  private final InstantSource clock;
  private final Supplier<UUID> ids;

  public ServiceAccountTokens(
      TokenKeys keys, TokenSettings settings, InstantSource clock, Supplier<UUID> ids) {
    this.keys = keys;
    this.settings = settings;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public IssuedToken issue(TokenOrder order) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    List<String> audiences = order.audiences().isEmpty() ? settings.audiences() : order.audiences();
    Duration told = order.lifetime();
    if (settings.longest().isPositive() && told.compareTo(settings.longest()) > 0) {
      told = settings.longest();
    }
    boolean extended =
        settings.extension() == TokenSettings.Extension.ON
            && told.equals(OF_KUBELET)
            && settings.audiences().containsAll(audiences);
    Map<String, Object> bound = bindings(order);
    if (extended) {
      bound.put("warnafter", now.plus(told).getEpochSecond());
    }
    ServiceAccountRef account = order.serviceAccount();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(settings.issuers().getFirst())
            .subject(SUBJECT + account.namespace() + ":" + account.name())
            .audience(audiences)
            .issueTime(Date.from(now))
            .notBeforeTime(Date.from(now))
            .expirationTime(Date.from(now.plus(extended ? EXTENDED : told)))
            .jwtID(ids.get().toString())
            .claim(PRIVATE_CLAIM, bound)
            .build();
    return new IssuedToken(sign(claims), now.plus(told));
  }

  private static Map<String, Object> bindings(TokenOrder order) {
    ServiceAccountRef account = order.serviceAccount();
    Map<String, Object> bound = new LinkedHashMap<>();
    bound.put("namespace", account.namespace());
    for (BoundObject object : order.boundTo()) {
      String field =
          switch (object.kind()) {
            case POD -> "pod";
            case SECRET -> "secret";
            case NODE -> "node";
          };
      bound.put(field, Map.of("name", object.name(), "uid", object.uid()));
    }
    bound.put("serviceaccount", Map.of("name", account.name(), "uid", account.uid()));
    return bound;
  }

  private String sign(JWTClaimsSet claims) {
    JWSHeader header =
        new JWSHeader.Builder(keys.algorithm())
            .type(JOSEObjectType.JWT)
            .keyID(keys.signingKeyId())
            .build();
    SignedJWT token = new SignedJWT(header, claims);
    try {
      token.sign(keys.signer());
    } catch (JOSEException e) {
      throw ApiException.internalError("failed to sign the token: " + e.getMessage());
    }
    return token.serialize();
  }

  @Override
  public List<String> defaultAudiences() {
    return settings.audiences();
  }

  @Override
  public String publicKeys() {
    return new JWKSet(keys.published()).toString();
  }

  @Override
  public String discovery() {
    String issuer = settings.issuers().getFirst();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("issuer", issuer);
    document.put("jwks_uri", URI.create(issuer).resolve("/openid/v1/jwks").toString());
    document.putArray("response_types_supported").add("id_token");
    document.putArray("subject_types_supported").add("public");
    ArrayNode algorithms = document.putArray("id_token_signing_alg_values_supported");
    keys.published().stream()
        .map(JWK::getAlgorithm)
        .distinct()
        .forEach(algorithm -> algorithms.add(algorithm.getName()));
    return document.toString();
  }
}
