package dev.drydock.kubelet.program.server;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;

/// The Kubernetes project's test image: `pause`, `serve-hostname`, `netexec`, `echo-hostname`.
public final class Agnhost implements Program {

  @Override
  public int run(World world) throws IOException, InterruptedException {
    List<String> arguments = world.arguments();
    String command = arguments.size() > 1 ? arguments.get(1) : "pause";
    return switch (command) {
      case "pause" -> {
        world.print("Paused");
        world.awaitTermination();
        yield 0;
      }
      case "serve-hostname" ->
          Servers.serve(world, option(arguments, "port", 9376), "", Servers::hostname);
      case "netexec" -> netexec(world, arguments);
      default -> {
        world.complain("Error: unknown command \"" + command + "\" for \"app\"");
        yield 1;
      }
    };
  }

  private static int netexec(World world, List<String> arguments)
      throws IOException, InterruptedException {
    int http = option(arguments, "http-port", 8080);
    int udp = option(arguments, "udp-port", 8081);
    world.print("Started HTTP server on port " + http);
    world.print("Started UDP server on port  " + udp);
    world.listen(udp, Protocol.UDP, connection -> udp(world, connection));
    world.listen(http, new HttpServer(world, "", (request, from) -> answer(world, request, from)));
    world.awaitTermination();
    return 2;
  }

  private static HttpResponse answer(World world, HttpRequest request, Connection from)
      throws InterruptedException {
    return switch (request.path()) {
      case "/", "/hostName", "/hostname" ->
          request.path().equals("/")
              ? HttpResponse.text(200, "NOW: " + world.clock().instant())
              : HttpResponse.text(200, world.identity().hostname());
      case "/clientip" -> HttpResponse.text(200, from.remote().toString());
      case "/echo" -> HttpResponse.text(code(request), request.parameter("msg"));
      case "/healthz" -> HttpResponse.text(200, "");
      case "/header" -> HttpResponse.text(200, request.header(request.parameter("key")));
      case "/exit" -> {
        pauseFor(world, request.parameter("wait"));
        String exit = request.parameter("code");
        world.task().end(exit.matches("[0-9]{1,3}") ? Integer.parseInt(exit) : 0);
        yield HttpResponse.text(200, "");
      }
      default -> HttpResponse.text(404, "404 page not found\n");
    };
  }

  private static int code(HttpRequest request) {
    String code = request.parameter("code");
    return code.matches("[1-5][0-9][0-9]") ? Integer.parseInt(code) : 200;
  }

  private static void pauseFor(World world, String text) throws InterruptedException {
    try {
      if (!text.isEmpty()) {
        world.sleep(Duration.parse("PT" + text));
      }
    } catch (DateTimeException e) {
      // As the real one: an unreadable wait is no wait.
    }
  }

  private static void udp(World world, Connection connection) throws IOException {
    byte[] buffer = new byte[2048];
    for (int n = connection.input().read(buffer); n > 0; n = connection.input().read(buffer)) {
      String text = new String(buffer, 0, n, java.nio.charset.StandardCharsets.UTF_8).strip();
      String answer =
          switch (text.split(" ")[0]) {
            case "hostName", "hostname" -> world.identity().hostname();
            case "clientip" -> connection.remote().toString();
            case "echo" -> text.substring(Math.min(5, text.length()));
            default -> "unknown command";
          };
      connection.output().write(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static int option(List<String> arguments, String name, int usual) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i).replaceFirst("^--?", "");
      if (argument.startsWith(name + "=")) {
        return Integer.parseInt(argument.substring(name.length() + 1));
      }
      if (argument.equals(name) && i + 1 < arguments.size()) {
        return Integer.parseInt(arguments.get(i + 1));
      }
    }
    return usual;
  }
}
