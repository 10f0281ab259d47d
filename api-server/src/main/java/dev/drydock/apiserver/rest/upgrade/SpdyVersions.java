package dev.drydock.apiserver.rest.upgrade;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The upgrade to bare SPDY/3.1, and the protocols that may run over it.
public final class SpdyVersions {
  static final List<String> SESSIONS =
      List.of("v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");
  static final String FORWARD = "portforward.k8s.io";

  private static final String HEADER = "X-Stream-Protocol-Version";

  private SpdyVersions() {}

  /// Whether a client asks for SPDY.
  public static boolean isWanted(HttpHeaders headers) {
    return headers.containsValue("Connection", "upgrade", true)
        && headers.contains("Upgrade")
        && headers.get("Upgrade").toLowerCase(Locale.ROOT).equals("spdy/3.1");
  }

  /// What runs over it, in the client's order of preference.
  static List<String> wanted(HttpHeaders headers) {
    List<String> all = new ArrayList<>();
    for (String line : headers.getAll(HEADER)) {
      for (String one : line.split(",", -1)) {
        all.add(one.strip());
      }
    }
    return all;
  }

  /// Headers of the answer.
  static Map<String, String> answer(String protocol) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Upgrade", "SPDY/3.1");
    headers.put("Connection", "Upgrade");
    headers.put(HEADER, protocol);
    return headers;
  }
}
