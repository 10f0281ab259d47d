package dev.drydock.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One kept-alive HTTP/1.1 connection. As thin as can be: the load generator shares two cores with
/// what it measures.
final class Connection implements AutoCloseable {
  private final SSLSocket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private byte[] line = new byte[1024];

  Connection(SSLSocketFactory sockets, String host, int port) throws IOException {
    this.host = host;
    this.socket = (SSLSocket) sockets.createSocket(host, port);
    this.socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = socket.getOutputStream();
  }

  /// A request as bytes, to be sent any number of times.
  byte[] request(String method, String path, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAccept: application/json\r\nUser-Agent: bench\r\n"
            + (content.length == 0
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
            + "\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[headBytes.length + content.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(content, 0, all, headBytes.length, content.length);
    return all;
  }

  /// Sends a request and reads the whole answer.
  ///
  /// @return how many bytes the body had
  /// @throws IOException also when the code is not 2xx
  long exchange(byte[] request) throws IOException {
    out.write(request);
    out.flush();
    String status = readLine();
    long length = -1;
    boolean chunked = false;
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).trim());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      }
    }
    long read = chunked ? skipChunks() : skip(length);
    if (status.length() < 10 || status.charAt(9) != '2') {
      throw new IOException("the api-server answered: " + status);
    }
    return read;
  }

  /// Sends a watch and then only counts: the bytes that come, and the lines (one per event).
  void stream(byte[] request, LongConsumer lines) throws IOException {
    out.write(request);
    out.flush();
    for (String header = readLine(); !header.isEmpty(); header = readLine()) {
      if (header.startsWith("HTTP/1.1 ") && header.charAt(9) != '2') {
        throw new IOException("the api-server answered: " + header);
      }
    }
    byte[] buffer = new byte[1 << 16];
    byte last = 0;
    int count;
    while ((count = in.read(buffer)) >= 0) {
      long events = 0;
      for (int i = 0; i < count; i++) {
        byte next = buffer[i];
        if (next == '\n' && last == '}') {
          events++;
        }
        last = next;
      }
      lines.accept(events);
    }
  }

  private long skipChunks() throws IOException {
    long total = 0;
    while (true) {
      int size = Integer.parseInt(readLine().trim(), 16);
      total += skip(size);
      readLine();
      if (size == 0) {
        return total;
      }
    }
  }

  private long skip(long length) throws IOException {
    in.skipNBytes(Math.max(0, length));
    return length;
  }

  private String readLine() throws IOException {
    int length = 0;
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection was closed");
      }
      if (next == '\n') {
        return new String(line, 0, Math.max(0, length - 1), StandardCharsets.US_ASCII);
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, 2 * length);
      }
      line[length++] = (byte) next;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
