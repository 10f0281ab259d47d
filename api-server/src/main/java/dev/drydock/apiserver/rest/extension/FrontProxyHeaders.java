package dev.drydock.apiserver.rest.extension;

import dev.drydock.apiserver.request.User;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// The headers by which another server learns who asks.
public final class FrontProxyHeaders {
  private static final String EXTRA = "x-remote-extra-";
  private static final String TOKEN = "!#$&'*+-.^_`|~";

  private FrontProxyHeaders() {}

  /// Puts them there, and takes away what the client said of itself.
  public static void put(HttpHeaders headers, User user) {
    for (String name : List.copyOf(headers.names())) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean aboutUser =
          lower.equals("x-remote-user")
              || lower.equals("x-remote-uid")
              || lower.equals("x-remote-group")
              || lower.startsWith(EXTRA);
      if (aboutUser) {
        headers.remove(name);
      }
    }
    headers.set("X-Remote-User", user.name());
    if (!user.uid().isEmpty()) {
      headers.set("X-Remote-Uid", user.uid());
    }
    user.groups().forEach(group -> headers.add("X-Remote-Group", group));
    user.extra()
        .forEach(
            (key, values) ->
                values.forEach(value -> headers.add("X-Remote-Extra-" + escaped(key), value)));
  }

  /// Keys of extra fields may hold anything; names of headers may not.
  static String escaped(String key) {
    var name = new StringBuilder();
    for (byte each : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain =
          c < 128 && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0) && c != '%';
      name.append(plain ? String.valueOf(c) : String.format("%%%02X", each));
    }
    return name.toString();
  }
}
