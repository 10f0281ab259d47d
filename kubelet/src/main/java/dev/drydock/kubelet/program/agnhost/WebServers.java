package dev.drydock.kubelet.program.agnhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import dev.drydock.kubelet.program.tls.KeyPairs;
import dev.drydock.kubelet.program.tls.TlsServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// The commands that only serve.
final class WebServers {
  private static final Duration HEALTHY = Duration.ofSeconds(10);

  private WebServers() {}

  /// Answers with the host's name, over HTTP unless TCP or UDP is asked for.
  static int hostname(World world) throws IOException, InterruptedException {
    Flags flags = Flags.of(world);
    int port = flags.number("port", 9376);
    byte[] name = world.identity().hostname().getBytes(UTF_8);
    if (flags.isSet("tcp")) {
      world.listen(port, connection -> connection.output().write(name));
    }
    if (flags.isSet("udp")) {
      world.listen(port, Protocol.UDP, connection -> echo(connection, name));
    }
    if (!flags.text("http").equals("false")) {
      HttpResponse answer = HttpResponse.text(200, world.identity().hostname());
      boolean closes = flags.isSet("close");
      world.listen(
          port,
          new HttpServer(
              world, "", (_, _) -> closes ? answer.with("Connection", "close") : answer));
    }
    world.complain("Serving on port " + port + ".");
    world.awaitTermination();
    return 0;
  }

  private static void echo(Connection connection, byte[] answer) throws IOException {
    byte[] buffer = new byte[2048];
    while (connection.input().read(buffer) > 0) {
      connection.output().write(answer);
    }
  }

  /// Serves the files of the container.
  static int files(World world) throws IOException, InterruptedException {
    int port = Flags.of(world).number("port", 80);
    world.listen(port, new HttpServer(world, "", (request, _) -> file(world, request)));
    world.awaitTermination();
    return 0;
  }

  private static HttpResponse file(World world, HttpRequest request) {
    String path = world.path(request.path());
    try {
      var info = world.files().stat(path);
      if (info.isEmpty()) {
        return HttpResponse.text(404, "404 page not found\n");
      }
      if (!info.get().isDirectory()) {
        return HttpResponse.of(200, "text/plain; charset=utf-8", world.files().read(path));
      }
      StringBuilder page = new StringBuilder("<pre>\n");
      for (String name : world.files().list(path)) {
        page.append("<a href=\"").append(name).append("\">").append(name).append("</a>\n");
      }
      return HttpResponse.html(200, page.append("</pre>\n").toString());
    } catch (IOException unreadable) {
      return HttpResponse.text(403, "403 Forbidden\n");
    }
  }

  /// Healthy for ten seconds, then not.
  static int liveness(World world) throws IOException, InterruptedException {
    Instant started = world.clock().instant();
    world.listen(
        8080,
        new HttpServer(
            world,
            "",
            (request, _) -> health(request, Duration.between(started, world.clock().instant()))));
    world.awaitTermination();
    return 0;
  }

  private static HttpResponse health(HttpRequest request, Duration age) {
    return switch (request.path()) {
      case "/started" -> HttpResponse.text(200, age.toMillis() / 1000.0 + "s");
      case "/redirect" -> HttpResponse.text(302, "").with("Location", request.parameter("loc"));
      case "/healthz" ->
          age.compareTo(HEALTHY) > 0
              ? HttpResponse.text(500, "error: " + age.toMillis() / 1000.0)
              : HttpResponse.text(200, "ok");
      default -> HttpResponse.text(404, "404 page not found\n");
    };
  }

  /// Serves what variables `SERVE_PORT_1234` and `SERVE_TLS_PORT_1234` say on those ports.
  static int porter(World world) throws IOException, InterruptedException {
    boolean json = Flags.of(world).isSet("json-response");
    for (Map.Entry<String, String> entry : world.environment().entrySet()) {
      String name = entry.getKey();
      String number = name.substring(name.lastIndexOf('_') + 1);
      if (!number.matches("[0-9]{1,5}")) {
        continue;
      }
      var server =
          new HttpServer(world, "", (request, _) -> portAnswer(request, entry.getValue(), json));
      if (name.equals("SERVE_PORT_" + number)) {
        world.listen(Integer.parseInt(number), server);
      } else if (name.equals("SERVE_TLS_PORT_" + number)) {
        String certificate = world.environment().getOrDefault("CERT_FILE", "/localhost.crt");
        String key = world.environment().getOrDefault("KEY_FILE", "/localhost.key");
        if (world.files().stat(world.path(certificate)).isPresent()) {
          world.listen(
              Integer.parseInt(number),
              new TlsServer(
                  KeyPairs.context(
                      world.files().readText(world.path(certificate)),
                      world.files().readText(world.path(key))),
                  server));
        }
      }
    }
    world.awaitTermination();
    return 0;
  }

  private static HttpResponse portAnswer(HttpRequest request, String text, boolean json) {
    if (json) {
      return HttpResponse.json(
          200, "{\"Method\":\"" + request.method() + "\",\"Body\":\"" + text + "\"}");
    }
    return text.startsWith("<") ? HttpResponse.html(200, text) : HttpResponse.text(200, text);
  }
}
