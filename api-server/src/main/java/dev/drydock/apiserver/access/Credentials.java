package dev.drydock.apiserver.access;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// What a connection or a request brought to prove who sends it.
///
/// @param certificate the client's own, where it showed one; its chain has been verified by TLS
/// @param bearerToken the token behind `Authorization: Bearer`; empty: none
public record Credentials(@Nullable X509Certificate certificate, String bearerToken) {
  public static final Credentials NONE = new Credentials(null, "");

  /// Of the value of an `Authorization` header (empty: there was none).
  public static Credentials of(@Nullable X509Certificate certificate, String authorization) {
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    return new Credentials(certificate, bearer ? authorization.substring(7).trim() : "");
  }
}
