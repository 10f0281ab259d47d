package dev.drydock.apiserver.rest.proxy;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A request as it is passed on.
///
/// @param target path and query at the server
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record OutgoingRequest(String method, String target, HttpHeaders headers, byte[] body) {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "content-length",
          "host",
          "authorization");

  /// Whether an upgrade is passed on with the rest.
  public enum Upgrading {
    KEPT,
    DROPPED
  }

  /// The headers that go on: not those of the hop, nor the client's credentials.
  ///
  /// @param more added, or put in place of the client's
  public static HttpHeaders passOn(
      HttpHeaders received, Map<String, String> more, Upgrading upgrading) {
    Set<String> dropped = new TreeSet<>(HOP_BY_HOP);
    for (String line : received.getAll("Connection")) {
      for (String name : line.split(",", -1)) {
        dropped.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    if (upgrading == Upgrading.KEPT) {
      dropped.remove("upgrade");
      dropped.remove("connection");
    }
    HttpHeaders passed = new DefaultHttpHeaders();
    for (Map.Entry<String, String> header : received) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      boolean impersonates = name.startsWith("impersonate-");
      if (!dropped.contains(name) && !impersonates) {
        passed.add(header.getKey(), header.getValue());
      }
    }
    more.forEach(passed::set);
    return passed;
  }
}
