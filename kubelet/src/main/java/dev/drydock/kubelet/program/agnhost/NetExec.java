package dev.drydock.kubelet.program.agnhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.time.GoDuration;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.program.ProcessTable;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.Streams;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/// A server that tells who it is and who asks, and that asks others when told to.
final class NetExec implements Program {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final JsonMapper json = JsonMapper.builder().build();
  private final Dialling dialling = new Dialling();

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Flags flags = Flags.of(world);
    int http = flags.number("http-port", 8080);
    int udp = flags.number("udp-port", 8081);
    if (udp > 0) {
      world.print("Started UDP server on port  " + udp);
      world.listen(udp, Protocol.UDP, connection -> udp(world, connection));
    }
    if (http > 0) {
      world.print("Started HTTP server on port " + http);
      world.listen(
          http, new HttpServer(world, "", (request, from) -> answer(world, request, from)));
    }
    world.awaitTermination();
    return 2;
  }

  private HttpResponse answer(World world, HttpRequest request, Connection from)
      throws IOException, InterruptedException {
    world.complain(
        TIME.format(world.clock().instant()) + " " + request.method() + " " + request.target());
    return switch (request.path()) {
      case "/" -> HttpResponse.text(200, "NOW: " + world.clock().instant());
      case "/hostName", "/hostname" -> HttpResponse.text(200, world.identity().hostname());
      case "/clientip" -> HttpResponse.text(200, from.remote().toString());
      case "/echo" -> HttpResponse.text(code(request), request.parameter("msg"));
      case "/healthz" -> HttpResponse.text(200, "");
      case "/header" -> HttpResponse.text(200, request.header(request.parameter("key")));
      case "/redirect" ->
          HttpResponse.text(302, "").with("Location", request.parameter("location"));
      case "/dial" -> dialling.answer(world, request);
      case "/shell" -> shell(world, request);
      case "/exit" -> {
        pauseFor(world, request.parameter("wait"));
        String exit = request.parameter("code");
        world.task().end(exit.matches("[0-9]{1,3}") ? Integer.parseInt(exit) : 0);
        yield HttpResponse.text(200, "");
      }
      case "/shutdown" -> {
        world.task().end(0);
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
        world.sleep(GoDuration.parse(text));
      }
    } catch (IllegalArgumentException e) {
      // As the real one: an unreadable wait is no wait.
    }
  }

  private HttpResponse shell(World world, HttpRequest request) throws InterruptedException {
    String command = request.parameter("shellCommand");
    if (command.isEmpty()) {
      command = request.parameter("cmd");
    }
    Program shell = world.programs().find("sh").orElse(null);
    if (shell == null) {
      return HttpResponse.text(500, "no shell\n");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        world
            .spawn(
                new ProcessTable.Launch(
                    shell,
                    List.of("sh", "-c", command),
                    world.environment(),
                    world.directory(),
                    Streams.NONE.withOut(out).withErr(out)))
            .await();
    var answer = json.createObjectNode().put("output", out.toString(UTF_8));
    if (code != 0) {
      answer.put("error", "exit status " + code);
    }
    return HttpResponse.json(200, answer.toString());
  }

  private static void udp(World world, Connection connection) throws IOException {
    byte[] buffer = new byte[2048];
    for (int n = connection.input().read(buffer); n > 0; n = connection.input().read(buffer)) {
      String text = new String(buffer, 0, n, UTF_8).strip();
      String answer =
          switch (text.split(" ")[0]) {
            case "hostName", "hostname" -> world.identity().hostname();
            case "clientip" -> connection.remote().toString();
            case "echo" -> text.substring(Math.min(5, text.length()));
            default -> "unknown command";
          };
      connection.output().write(answer.getBytes(UTF_8));
    }
  }
}
