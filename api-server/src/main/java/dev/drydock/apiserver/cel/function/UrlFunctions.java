package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import dev.drydock.apiserver.cel.value.Named;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `url(…)` and its parts.
final class UrlFunctions {

  private UrlFunctions() {}

  /// An absolute URL, or a path from the root.
  record Url(URI uri) implements Named {
    @Override
    public String typeName() {
      return "kubernetes.URL";
    }

    @Override
    public String toString() {
      return uri.toString();
    }
  }

  static Library library() {
    var library = new Library();
    library.type("URL", "kubernetes.URL", Url.class);
    library.global("url(string): URL", Cost.TEXT_OF_FIRST, a -> parse((String) a[0]));
    library.global("isURL(string): bool", Cost.TEXT_OF_FIRST, a -> isUrl((String) a[0]));
    library.global("string(URL): string", Cost.TEXT_OF_FIRST, a -> a[0].toString());
    library.member("URL.getScheme(): string", a -> orEmpty(uri(a).getScheme()));
    library.member("URL.getHost(): string", a -> host(uri(a)));
    library.member("URL.getHostname(): string", a -> hostname(uri(a)));
    library.member("URL.getPort(): string", a -> uri(a).getPort() < 0 ? "" : "" + uri(a).getPort());
    library.member("URL.getEscapedPath(): string", a -> orEmpty(uri(a).getRawPath()));
    library.member(
        "URL.getQuery(): map(string, list(string))", a -> query(orEmpty(uri(a).getRawQuery())));
    return library;
  }

  private static URI uri(Object[] arguments) {
    return ((Url) arguments[0]).uri();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String hostname(URI uri) {
    String host = orEmpty(uri.getHost());
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String host(URI uri) {
    return uri.getPort() < 0 ? orEmpty(uri.getHost()) : uri.getHost() + ":" + uri.getPort();
  }

  private static boolean isUrl(String text) {
    try {
      URI uri = new URI(text);
      return text.startsWith("/") || uri.isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Url parse(String text) {
    if (!isUrl(text)) {
      throw failed(
          "URL parse error during conversion from string: parse \""
              + text
              + "\": invalid URI for request");
    }
    return new Url(URI.create(text));
  }

  private static Map<Object, Object> query(String query) {
    Map<Object, Object> parts = new LinkedHashMap<>();
    for (String part : query.split("&")) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      Object known = parts.get(key);
      List<Object> values = new ArrayList<>(known instanceof List<?> list ? list : List.of());
      values.add(value);
      parts.put(key, values);
    }
    return parts;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
