package dev.drydock.controllers.bootstrap;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What a Secret `bootstrap-token-ID` of kube-system says.
///
/// @param data decoded
record BootstrapToken(String name, Map<String, String> data) {
  static final String NAMESPACE = "kube-system";
  private static final String TYPE = "bootstrap.kubernetes.io/token";
  private static final String PREFIX = "bootstrap-token-";

  /// Empty when the Secret is something else.
  static Optional<BootstrapToken> of(Secret secret) {
    if (!TYPE.equals(secret.getType()) || !NAMESPACE.equals(secret.getMetadata().getNamespace())) {
      return Optional.empty();
    }
    Map<String, String> encoded = Objects.requireNonNullElse(secret.getData(), Map.of());
    var data = new HashMap<String, String>();
    encoded.forEach(
        (key, value) ->
            data.put(
                key, new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8)));
    return Optional.of(new BootstrapToken(secret.getMetadata().getName(), data));
  }

  BootstrapToken {
    data = Map.copyOf(data);
  }

  String id() {
    return data.getOrDefault("token-id", "");
  }

  /// Empty: never. What can't be read is over.
  Optional<Instant> expiration() {
    String text = data.getOrDefault("expiration", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException _) {
      return Optional.of(Instant.EPOCH);
    }
  }

  boolean signs(Instant now) {
    return !id().isEmpty()
        && name.equals(PREFIX + id())
        && !data.getOrDefault("token-secret", "").isEmpty()
        && "true".equals(data.get("usage-bootstrap-signing"))
        && expiration().filter(end -> !now.isBefore(end)).isEmpty();
  }

  /// A JWS without its content, which whoever knows the token can check.
  String signature(String content) {
    String header = "{\"alg\":\"HS256\",\"kid\":\"" + id() + "\"}";
    String start = base64(header.getBytes(StandardCharsets.UTF_8));
    String signed = start + "." + base64(content.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] word = data.getOrDefault("token-secret", "").getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(word, "HmacSHA256"));
      return start + ".." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK can't compute an HMAC", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
