package dev.drydock.apiserver.rest;

import io.netty.handler.codec.http.HttpHeaders;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One HTTP request, received completely.
///
/// @param path without the query, escapes as sent
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record RestRequest(
    String method,
    String path,
    Query query,
    HttpHeaders headers,
    byte[] body,
    Peer peer,
    Instant received) {

  /// Who is at the other end of the connection.
  ///
  /// @param certificate not verified yet; null: it showed none
  record Peer(String address, @Nullable X509Certificate certificate) {}

  /// Path and query.
  String uri() {
    return query.raw().isEmpty() ? path : path + "?" + query.raw();
  }

  /// The header's first value, or empty.
  String header(CharSequence name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }
}
