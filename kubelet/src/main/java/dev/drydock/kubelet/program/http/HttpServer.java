package dev.drydock.kubelet.program.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.ConnectionHandler;
import dev.drydock.kubelet.program.World;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Speaks HTTP/1.1 on a connection and leaves the answers to a [Handler].
public final class HttpServer implements ConnectionHandler {
  public static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final World world;
  private final String name;
  private final Handler handler;

  /// Answers one request.
  @FunctionalInterface
  public interface Handler {
    HttpResponse answer(HttpRequest request, Connection connection)
        throws IOException, InterruptedException;
  }

  /// @param name for the `Server` header; empty: none
  public HttpServer(World world, String name, Handler handler) {
    this.world = world;
    this.name = name;
    this.handler = handler;
  }

  @Override
  public void handle(Connection connection) throws IOException, InterruptedException {
    BufferedInputStream in = new BufferedInputStream(connection.input(), 1024);
    for (HttpRequest request = HttpRequest.read(in);
        request != null;
        request = HttpRequest.read(in)) {
      HttpResponse response = handler.answer(request, connection);
      connection.output().write(bytes(request, response));
      if (!request.keepAlive()) {
        return;
      }
    }
  }

  private byte[] bytes(HttpRequest request, HttpResponse response) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ");
    head.append(response.status()).append(' ').append(HttpResponse.reason(response.status()));
    head.append("\r\n");
    if (!name.isEmpty()) {
      head.append("Server: ").append(name).append("\r\n");
    }
    head.append("Date: ").append(DATE.format(world.clock().instant())).append("\r\n");
    response.headers().forEach((key, value) -> line(head, key, value));
    line(head, "Content-Length", Integer.toString(response.body().length));
    line(head, "Connection", request.keepAlive() ? "keep-alive" : "close");
    line(head, "X-Drydock-Pod", world.identity().namespace() + "/" + world.identity().pod());
    head.append("\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + response.body().length);
    all.writeBytes(head.toString().getBytes(UTF_8));
    if (!request.method().equals("HEAD")) {
      all.writeBytes(response.body());
    }
    return all.toByteArray();
  }

  private static void line(StringBuilder head, String key, String value) {
    head.append(key).append(": ").append(value).append("\r\n");
  }
}
