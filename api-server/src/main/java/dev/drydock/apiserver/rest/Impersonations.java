package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.access.Impersonation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The `Impersonate-*` headers.
final class Impersonations {
  private static final String EXTRA = "impersonate-extra-";

  private Impersonations() {}

  static Impersonation of(RestRequest request) {
    boolean any = false;
    Map<String, List<String>> extra = new HashMap<>();
    for (String name : request.headers().names()) {
      if (name.regionMatches(true, 0, "impersonate-", 0, 12)) {
        any = true;
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith(EXTRA)) {
          extra
              .computeIfAbsent(decode(lower.substring(EXTRA.length())), _ -> new ArrayList<>())
              .addAll(request.headers().getAll(name));
        }
      }
    }
    return any
        ? new Impersonation(
            request.header("Impersonate-User"),
            request.header("Impersonate-Uid"),
            request.headers().getAll("Impersonate-Group"),
            extra)
        : Impersonation.NONE;
  }

  private static String decode(String key) {
    try {
      return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return key;
    }
  }
}
