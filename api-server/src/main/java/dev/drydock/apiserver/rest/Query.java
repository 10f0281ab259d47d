package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters behind the `?` of a request target.
///
/// @param raw as they were sent
record Query(Map<String, List<String>> values, String raw) {
  static final Query NONE = new Query(Map.of(), "");

  /// Broken escapes are kept as they are, as Go's server drops such parameters silently.
  static Query parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
    }
    return new Query(values, text);
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return text;
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /// The first value, or empty.
  String get(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.getFirst();
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// As Kubernetes reads a flag: present without a value means true.
  boolean flag(String name) {
    if (!has(name)) {
      return false;
    }
    String value = get(name);
    return switch (value) {
      case "", "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> !value.equalsIgnoreCase("false");
    };
  }

  /// @throws ApiException `BadRequest` when it is no whole number
  long number(String name, long otherwise) {
    String value = get(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw ApiException.badRequest("strconv.ParseInt: parsing \"" + value + "\": invalid syntax");
    }
  }
}
