package dev.drydock.apiserver.access.jwt;

import com.nimbusds.jwt.SignedJWT;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.identity.BearerTokens;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tokens of issuers outside. Which issuers there are may change at any time.
public final class JwtIssuers implements BearerTokens {
  private final Supplier<List<IssuerSettings>> settings;
  private final List<String> ourselves;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Current> current = new AtomicReference<>();

  /// @param settings whose it is
  private record Current(List<IssuerSettings> settings, List<JwtUsers> issuers) {}

  /// @param ourselves what the api-server calls itself: whoever asks for other audiences learns
  ///     nothing from these tokens
  public JwtIssuers(
      Supplier<List<IssuerSettings>> settings, List<String> ourselves, InstantSource clock) {
    this.settings = settings;
    this.ourselves = List.copyOf(ourselves);
    this.clock = clock;
  }

  @Override
  public Reading read(String token, List<String> audiences) {
    List<String> ours =
        ourselves.isEmpty() ? audiences : audiences.stream().filter(ourselves::contains).toList();
    List<JwtUsers> issuers = issuers();
    if (issuers.isEmpty() || (ours.isEmpty() && !audiences.isEmpty())) {
      return Reading.FOREIGN;
    }
    try {
      SignedJWT signed = SignedJWT.parse(token);
      ObjectNode claims = JwtVerifier.claims(signed);
      String issuer = claims.path("iss").asString("");
      for (JwtUsers users : issuers) {
        if (users.issuer().equals(issuer)) {
          return users.read(signed, claims, ours);
        }
      }
      return Reading.FOREIGN;
    } catch (ParseException | ApiException noToken) {
      return Reading.FOREIGN;
    }
  }

  /// Those of an issuer whose settings stay keep their keys.
  private List<JwtUsers> issuers() {
    List<IssuerSettings> now = settings.get();
    Current have = current.get();
    if (have != null && have.settings().equals(now)) {
      return have.issuers();
    }
    List<JwtUsers> made =
        now.stream()
            .map(one -> new JwtUsers(one, new HttpsDocuments(one.authorities()), clock))
            .toList();
    current.set(new Current(now, made));
    return made;
  }
}
