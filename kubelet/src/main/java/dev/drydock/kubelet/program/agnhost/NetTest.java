package dev.drydock.kubelet.program.agnhost;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Remembers who called (`/write`), and tells (`/read`).
final class NetTest implements Program {
  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Map<String, Integer> received = new ConcurrentSkipListMap<>();
    world.listen(
        Flags.of(world).number("port", 8080),
        new HttpServer(world, "", (request, _) -> answer(world, request, received)));
    world.awaitTermination();
    return 0;
  }

  private HttpResponse answer(World world, HttpRequest request, Map<String, Integer> received) {
    return switch (request.path()) {
      case "/write" -> {
        try {
          String source = json.readTree(request.body()).path("Source").stringValue("");
          received.merge(source, 1, Integer::sum);
          String answer = json.createObjectNode().put("Hostname", name(world)).toString();
          yield HttpResponse.json(200, answer);
        } catch (JacksonException unreadable) {
          yield HttpResponse.text(400, "unreadable: " + unreadable.getMessage());
        }
      }
      case "/read" -> HttpResponse.json(200, state(world, received));
      case "/status" -> HttpResponse.text(200, "pass");
      case "/quit" -> {
        world.task().end(0);
        yield HttpResponse.text(200, "");
      }
      default -> HttpResponse.text(404, "404 page not found\n");
    };
  }

  private String state(World world, Map<String, Integer> received) {
    ObjectNode state = json.createObjectNode().put("Hostname", name(world));
    state.putObject("Sent");
    ObjectNode counts = state.putObject("Received");
    received.forEach(counts::put);
    state.putArray("Errors");
    state.putArray("Log");
    return state.put("StillContactingPeers", false).toString();
  }

  private static String name(World world) {
    return world.identity().hostname();
  }
}
