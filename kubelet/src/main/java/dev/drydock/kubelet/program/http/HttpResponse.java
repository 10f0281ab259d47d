package dev.drydock.kubelet.program.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a server answers. `Content-Length`, `Date` and `Connection` are added when it is sent.
@SuppressWarnings("ArrayRecordComponent")
public record HttpResponse(int status, Map<String, String> headers, byte[] body) {

  public static HttpResponse text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  public static HttpResponse html(int status, String text) {
    return of(status, "text/html", text.getBytes(UTF_8));
  }

  public static HttpResponse json(int status, String text) {
    return of(status, "application/json", text.getBytes(UTF_8));
  }

  public static HttpResponse of(int status, String type, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", type);
    return new HttpResponse(status, headers, body);
  }

  public HttpResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpResponse(status, more, body);
  }

  static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "No Content";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Not Allowed";
      case 408 -> "Request Timeout";
      case 417 -> "Expectation Failed";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }
}
