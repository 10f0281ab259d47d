package dev.drydock.apiserver.access;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// What a connection or a request brought to prove who sends it.
///
/// @param certificate the client's own, where it showed one; TLS has verified that the client
///     has its key, and nothing else
/// @param bearerToken the token behind `Authorization: Bearer`; empty: none
/// @param headers where a front proxy names the user it speaks for
public record Credentials(
    @Nullable X509Certificate certificate, String bearerToken, RequestHeaders headers) {
  public static final Credentials NONE = new Credentials(null, "", RequestHeaders.NONE);

  /// Of the value of an `Authorization` header (empty: there was none).
  public static Credentials of(@Nullable X509Certificate certificate, String authorization) {
    return of(certificate, authorization, RequestHeaders.NONE);
  }

  public static Credentials of(
      @Nullable X509Certificate certificate, String authorization, RequestHeaders headers) {
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    return new Credentials(certificate, bearer ? authorization.substring(7).trim() : "", headers);
  }
}
