package dev.drydock.kubelet.program.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 request as a server reads it.
///
/// @param target path and query as they came
/// @param headers by lower-case name
@SuppressWarnings("ArrayRecordComponent")
public record HttpRequest(
    String method, String target, String version, Map<String, String> headers, byte[] body) {
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_BODY = 4 * 1024 * 1024;

  /// The path alone.
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /// A parameter of the query, or empty.
  public String parameter(String name) {
    int query = target.indexOf('?');
    if (query >= 0) {
      for (String pair : target.substring(query + 1).split("&", -1)) {
        if (pair.startsWith(name + "=")) {
          return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
        }
      }
    }
    return "";
  }

  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  boolean keepAlive() {
    String wish = header("connection").toLowerCase(Locale.ROOT);
    return version.equals("HTTP/1.0") ? wish.equals("keep-alive") : !wish.equals("close");
  }

  /// Reads the next request.
  ///
  /// @return null when the other side has no more
  static @Nullable HttpRequest read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null || first.isEmpty()) {
      return null;
    }
    String[] parts = first.split(" ", -1);
    if (parts.length < 3) {
      return null;
    }
    Map<String, String> headers = headers(in);
    String length = headers.getOrDefault("content-length", "0");
    byte[] body = new byte[0];
    if (length.matches("[0-9]{1,7}")) {
      body = in.readNBytes(Math.min(MAX_BODY, Integer.parseInt(length)));
    }
    return new HttpRequest(parts[0], parts[1], parts[2], headers, body);
  }

  /// Header lines up to the empty one.
  public static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /// @return null at the end
  public static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      if (line.length() >= MAX_LINE) {
        throw new IOException("line too long");
      }
      line.append((char) c);
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return new String(line.toString().getBytes(ISO_8859_1), StandardCharsets.UTF_8);
  }
}
