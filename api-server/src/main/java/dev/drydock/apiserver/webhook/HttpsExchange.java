package dev.drydock.apiserver.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/// One POST over one connection. An answer may have at most 3 MiB.
final class HttpsExchange {
  private static final int LARGEST = 3 * 1024 * 1024;
  private static final int LONGEST_LINE = 16 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final Supplier<Duration> left;

  /// @param left how much time there still is
  HttpsExchange(Socket socket, Supplier<Duration> left) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.left = left;
  }

  record Answer(int code, String body) {}

  Answer post(String host, String path, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nUser-Agent: kube-apiserver-admission\r\nAccept: application/json, */*\r\n"
            + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    String[] status = line().split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
      throw new IOException("malformed HTTP response");
    }
    int code = Integer.parseInt(status[1]);
    return new Answer(code, new String(read(), StandardCharsets.UTF_8));
  }

  private byte[] read() throws IOException {
    int length = -1;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
        chunked = true;
      }
    }
    var body = new ByteArrayOutputStream();
    if (chunked) {
      for (int size = chunk(); size > 0; size = chunk()) {
        copy(body, size);
        line();
      }
    } else {
      copy(body, length < 0 ? LARGEST : length, length < 0);
    }
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    String line = line();
    int semicolon = line.indexOf(';');
    return Integer.parseInt((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
  }

  private void copy(ByteArrayOutputStream to, int count) throws IOException {
    copy(to, count, false);
  }

  private void copy(ByteArrayOutputStream to, int count, boolean untilEnd) throws IOException {
    if (to.size() + (long) count > LARGEST) {
      throw new IOException("http: response body too large");
    }
    byte[] buffer = new byte[8192];
    for (int rest = count; rest > 0; ) {
      hurry();
      int read = in.read(buffer, 0, Math.min(rest, buffer.length));
      if (read < 0) {
        if (untilEnd) {
          return;
        }
        throw new EOFException("unexpected EOF");
      }
      to.write(buffer, 0, read);
      rest -= read;
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = next(); c != '\n'; c = next()) {
      if (c < 0) {
        throw new EOFException("EOF");
      }
      if (line.size() > LONGEST_LINE) {
        throw new IOException("malformed HTTP response");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  private int next() throws IOException {
    hurry();
    return in.read();
  }

  private void hurry() throws IOException {
    long millis = left.get().toMillis();
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout(Math.toIntExact(millis));
  }
}
