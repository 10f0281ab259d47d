package dev.drydock.apiserver.access.jwt;

import dev.drydock.apiserver.tls.ClientTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/// Fetches documents over HTTPS. TLS is made ready by the first call.
final class HttpsDocuments implements IssuerKeys.Documents {
  private static final int TIMEOUT = 30_000;
  private static final int LARGEST = 1024 * 1024;

  private final String authorities;
  private @Nullable SSLSocketFactory sockets;

  /// @param authorities PEM; empty: those whom the system trusts
  HttpsDocuments(String authorities) {
    this.authorities = authorities;
  }

  @Override
  public String get(String url, String bearer) throws IOException {
    URI address = address(url);
    if (!"https".equals(address.getScheme())) {
      throw new IOException(url + ": expected an address that begins with https");
    }
    var connection = (HttpsURLConnection) address.toURL().openConnection();
    connection.setSSLSocketFactory(sockets());
    connection.setConnectTimeout(TIMEOUT);
    connection.setReadTimeout(TIMEOUT);
    if (bearer.isEmpty()) {
      connection.setRequestProperty("Accept", "application/json");
    } else {
      connection.setRequestProperty("Authorization", "Bearer " + bearer);
    }
    int code = connection.getResponseCode();
    if (code != 200) {
      connection.disconnect();
      throw new IOException("Get \"" + url + "\": " + code);
    }
    try (InputStream body = connection.getInputStream()) {
      byte[] bytes = body.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("Get \"" + url + "\": the document is too large");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static URI address(String url) throws IOException {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IOException("parse \"" + url + "\": " + e.getReason(), e);
    }
  }

  private synchronized SSLSocketFactory sockets() {
    if (sockets == null) {
      sockets = ClientTls.context(authorities, null).getSocketFactory();
    }
    return sockets;
  }
}
