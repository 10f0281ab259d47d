package dev.drydock.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/// One kept-alive HTTP/1.1 connection. As thin as can be: the load generator shares two cores with
/// what it measures. Belongs to one thread.
final class Connection implements AutoCloseable {
  private final TlsChannel tls;
  private final ResponseReader response = new ResponseReader();
  private final String host;
  private long events;
  private byte last;

  Connection(SSLContext context, String host, int port) throws IOException {
    this.host = host;
    this.tls = new TlsChannel(context, host, port);
  }

  SocketChannel channel() {
    return tls.channel();
  }

  /// A request as bytes, to be sent any number of times.
  byte[] request(String method, String path, String body) {
    return request(method, path, "application/json", body);
  }

  byte[] request(String method, String path, String contentType, String body) {
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
                : "Content-Type: " + contentType + "\r\nContent-Length: " + content.length + "\r\n")
            + "\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[headBytes.length + content.length];
    System.arraycopy(headBytes, 0, all, 0, headBytes.length);
    System.arraycopy(content, 0, all, headBytes.length, content.length);
    return all;
  }

  void send(byte[] request) throws IOException {
    tls.write(ByteBuffer.wrap(request));
  }

  /// Reads what has arrived.
  ///
  /// @return whether that was the end of an answer
  /// @throws RefusedException when its code is not 2xx
  boolean receive() throws IOException {
    tls.read(response::take);
    boolean complete = response.takeComplete();
    if (complete) {
      check();
    }
    return complete;
  }

  private void check() throws IOException {
    if (response.status() / 100 != 2) {
      throw new RefusedException(response.status());
    }
  }

  /// Sends a request and reads the whole answer; for a channel that blocks.
  void exchange(byte[] request) throws IOException {
    send(request);
    boolean complete;
    do {
      complete = receive();
    } while (!complete);
  }

  /// Reads what has arrived of a watch.
  ///
  /// @return how many events (lines) that were
  long receiveEvents() throws IOException {
    long before = events;
    tls.read(
        (bytes, from, to) -> {
          response.take(bytes, from, to);
          count(bytes, from, to);
        });
    if (response.isInBody()) {
      check();
    }
    if (response.takeComplete()) {
      throw new IOException("the watch has ended");
    }
    return events - before;
  }

  private void count(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = bytes[i];
      if (next == '\n' && last == '}') {
        events++;
      }
      last = next;
    }
  }

  @Override
  public void close() throws IOException {
    tls.close();
  }
}
