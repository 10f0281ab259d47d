package dev.drydock.apiserver.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Sends bytes that a decent HTTP client would refuse to send. One connection at a time, kept for
/// as long as the server keeps it. A server that is silent for long fails the test.
final class RawClient implements AutoCloseable {
  private static final int SILENCE_MILLIS = 20_000;

  private final SSLContext tls;
  private final int port;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  RawClient(SSLContext tls, int port) {
    this.tls = tls;
    this.port = port;
  }

  /// @param body empty for streams, whose end nobody waits for
  record Reply(int code, String contentType, String body) {
    boolean isFailure() {
      return code >= 400;
    }
  }

  Reply send(String method, String target, String contentType, byte[] body) {
    try {
      Socket open = connection();
      var out = new ByteArrayOutputStream();
      String head =
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
              + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n")
              + "Content-Length: "
              + body.length
              + "\r\n\r\n";
      out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
      out.writeBytes(body);
      open.getOutputStream().write(out.toByteArray());
      open.getOutputStream().flush();
      return reply();
    } catch (IOException broken) {
      close();
      throw new UncheckedIOException("no answer to " + method + " " + target, broken);
    }
  }

  private Socket connection() throws IOException {
    Socket open = socket;
    if (open == null) {
      open = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
      open.setSoTimeout(SILENCE_MILLIS);
      open.setTcpNoDelay(true);
      in = new BufferedInputStream(open.getInputStream());
      socket = open;
    }
    return open;
  }

  private Reply reply() throws IOException {
    String status = line();
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no status line: " + status);
    }
    int length = -1;
    boolean ends = false;
    String type = "";
    for (String header = line(); !header.isEmpty(); header = line()) {
      String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).trim();
      switch (name) {
        case "content-length" -> length = Integer.parseInt(value);
        case "content-type" -> type = value;
        case "connection" -> ends = value.equals("close");
        default -> {}
      }
    }
    byte[] body = length < 0 ? new byte[0] : in.readNBytes(length);
    if (ends || length < 0) {
      close();
    }
    int code = Integer.parseInt(status.substring(9, 12));
    return new Reply(code, type, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    var text = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server hung up after: " + text);
      }
      if (next != '\r') {
        text.write(next);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try (Socket _ = socket) {
      socket = null;
    } catch (IOException alreadyGone) {
      socket = null;
    }
  }
}
