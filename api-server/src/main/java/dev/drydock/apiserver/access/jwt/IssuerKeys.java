package dev.drydock.apiserver.access.jwt;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The keys of an issuer, fetched when the first token of it comes and again when a token names a
/// key that is not known. A server that fails is left alone for a while.
final class IssuerKeys {
  private static final Logger LOG = Logger.getLogger(IssuerKeys.class.getName());
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
  private static final Duration AFTER_SUCCESS = Duration.ofSeconds(1);

  private final IssuerSettings settings;
  private final Documents documents;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private String keysUrl = "";

  @GuardedBy("lock")
  private Instant notBefore = Instant.MIN;

  @GuardedBy("lock")
  private long round;

  private volatile @Nullable Known known;

  /// @param round each fetch has a higher one
  private record Known(long round, List<JWK> keys) {}

  /// Fetches what stands at an address.
  interface Documents {
    default String get(String url) throws IOException {
      return get(url, "");
    }

    /// @param bearer a token to show; empty: none
    String get(String url, String bearer) throws IOException;
  }

  IssuerKeys(IssuerSettings settings, Documents documents, InstantSource clock) {
    this.settings = settings;
    this.documents = documents;
    this.clock = clock;
  }

  /// The keys that could have made a signature. Blocks while they are fetched.
  ///
  /// @param keyId empty: the token does not say
  /// @throws ClaimException when there was never an answer of the issuer
  List<JWK> candidates(String keyId) throws ClaimException {
    Known have = known;
    if (have != null) {
      List<JWK> fitting = fitting(have, keyId);
      if (!fitting.isEmpty()) {
        return fitting;
      }
    }
    Known fetched = fetched(have == null ? 0 : have.round());
    if (fetched == null) {
      throw new ClaimException("oidc: authenticator not initialized");
    }
    return fitting(fetched, keyId);
  }

  /// The keys after one more fetch, if one is due: those that were known may be replaced.
  List<JWK> newer(String keyId) throws ClaimException {
    Known have = known;
    Known fetched = fetched(have == null ? 0 : have.round());
    return fetched == null || fetched.equals(have) ? List.of() : fitting(fetched, keyId);
  }

  private static List<JWK> fitting(Known known, String keyId) {
    return known.keys().stream()
        .filter(key -> keyId.isEmpty() || keyId.equals(key.getKeyID()))
        .toList();
  }

  private @Nullable Known fetched(long seen) {
    lock.lock();
    try {
      Known have = known;
      Instant now = clock.instant();
      if ((have != null && have.round() > seen) || now.isBefore(notBefore)) {
        return have;
      }
      try {
        List<JWK> keys = fetch();
        known = new Known(++round, keys);
        notBefore = now.plus(AFTER_SUCCESS);
      } catch (IOException | ParseException | ApiException failure) {
        LOG.warning(
            "oidc authenticator: initializing issuer "
                + settings.url()
                + ": "
                + failure.getMessage());
        notBefore = now.plus(AFTER_FAILURE);
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private List<JWK> fetch() throws IOException, ParseException {
    if (keysUrl.isEmpty()) {
      var document =
          TreeCodec.read(documents.get(settings.discovery()).getBytes(StandardCharsets.UTF_8));
      String issuer = document.path("issuer").asString("");
      if (!issuer.equals(settings.url())) {
        throw new IOException(
            "oidc: issuer did not match the issuer returned by provider, expected \""
                + settings.url()
                + "\" got \""
                + issuer
                + "\"");
      }
      String url = document.path("jwks_uri").asString("");
      if (url.isEmpty()) {
        throw new IOException("the provider's document has no jwks_uri");
      }
      keysUrl = url;
    }
    return JWKSet.parse(documents.get(keysUrl)).getKeys();
  }
}
