package dev.drydock.kubelet.program.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One request as a client makes it, and its reply.
///
/// @param headers as they are sent; `Connection: close` is added
@SuppressWarnings("ArrayRecordComponent")
public record HttpCall(String method, String target, Map<String, String> headers, byte[] body) {
  private static final int MAX_BODY = 16 * 1024 * 1024;

  /// @param line the status line as it came
  /// @param headers by lower-case name
  @SuppressWarnings("ArrayRecordComponent")
  public record Reply(String line, int status, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, UTF_8);
    }
  }

  public static HttpCall get(String target, String host, String agent) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", host);
    headers.put("User-Agent", agent);
    headers.put("Accept", "*/*");
    return new HttpCall("GET", target, headers, new byte[0]);
  }

  public HttpCall with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpCall(method, target, more, body);
  }

  /// Sends it and reads the whole reply. The connection can't be used again.
  public Reply send(Connection connection) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    headers.forEach((key, value) -> head.append(key + ": " + value + "\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(UTF_8));
    all.writeBytes(body);
    connection.output().write(all.toByteArray());
    connection.output().flush();
    return read(new BufferedInputStream(connection.input(), 4096));
  }

  private Reply read(InputStream in) throws IOException {
    String line = HttpRequest.line(in);
    if (line == null) {
      throw new EOFException("Empty reply from server");
    }
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[1].matches("[0-9]{3}")) {
      throw new IOException("malformed HTTP response \"" + line + "\"");
    }
    Map<String, String> answer = HttpRequest.headers(in);
    int status = Integer.parseInt(parts[1]);
    byte[] content = new byte[0];
    if (!method.equals("HEAD") && status != 204 && status != 304) {
      content = content(in, answer);
    }
    return new Reply(line, status, answer, content);
  }

  private static byte[] content(InputStream in, Map<String, String> headers) throws IOException {
    String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
    if (coding.equals("chunked")) {
      return chunks(in);
    }
    String length = headers.getOrDefault("content-length", "");
    return length.matches("[0-9]{1,8}")
        ? in.readNBytes(Math.min(MAX_BODY, Integer.parseInt(length)))
        : in.readNBytes(MAX_BODY);
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String line = HttpRequest.line(in); line != null; line = HttpRequest.line(in)) {
      String digits = line.split(";", 2)[0].strip();
      if (!digits.matches("[0-9a-fA-F]{1,6}")) {
        throw new IOException("malformed chunked encoding");
      }
      int size = Integer.parseInt(digits, 16);
      if (size == 0 || all.size() + size > MAX_BODY) {
        break;
      }
      all.writeBytes(in.readNBytes(size));
      HttpRequest.line(in);
    }
    return all.toByteArray();
  }
}
