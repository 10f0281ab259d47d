package dev.drydock.kubelet.program.agnhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpCall;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import dev.drydock.kubelet.program.http.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A guestbook: a front end that asks `agnhost-primary` and `agnhost-replica`, and these two, of
/// which the first tells the others what it was told.
final class Guestbook implements Program {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int REGISTRATIONS = 15;

  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public int run(World world) throws IOException, InterruptedException {
    Flags flags = Flags.of(world);
    var node = new Node(world, flags.number("backend-port", 6379));
    world.listen(
        flags.number("http-port", 80),
        new HttpServer(world, "", (request, _) -> node.answer(request)));
    String primary = flags.text("replicaof");
    if (!primary.isEmpty() && !node.register(primary)) {
      world.complain("Timed out while registering to primary.");
      return 1;
    }
    world.awaitTermination();
    return 0;
  }

  private final class Node {
    private final World world;
    private final int backend;
    private final Map<String, String> entries = new ConcurrentSkipListMap<>();
    private final List<String> replicas = new CopyOnWriteArrayList<>();

    Node(World world, int backend) {
      this.world = world;
      this.backend = backend;
    }

    boolean register(String primary) throws IOException, InterruptedException {
      String request = "/register?host=" + world.network().address();
      for (int i = 0; i < REGISTRATIONS; i++) {
        world.complain("Registering to primary: " + primary + ":" + backend + request);
        try {
          json.readTree(ask(primary, request))
              .path("data")
              .forEachEntry((key, value) -> entries.put(key, value.stringValue("")));
          world.complain("Registered to node: " + primary);
          return true;
        } catch (InterruptedIOException killed) {
          throw killed;
        } catch (IOException | JacksonException e) {
          world.complain("encountered error while registering to primary: " + e.getMessage());
          world.sleep(PAUSE);
        }
      }
      return false;
    }

    HttpResponse answer(HttpRequest request) {
      String key = request.parameter("key");
      String value = request.parameter("value");
      return switch (request.path()) {
        case "/register" -> registered(request.parameter("host"));
        case "/get" -> HttpResponse.text(200, stored(key));
        case "/set" -> set(key, value);
        case "/guestbook" -> forward(request.parameter("cmd").toLowerCase(Locale.ROOT), key, value);
        default -> HttpResponse.text(404, "404 page not found\n");
      };
    }

    private HttpResponse registered(String host) {
      replicas.add(host);
      return HttpResponse.text(200, stored(""));
    }

    /// All entries when no key is given.
    private String stored(String key) {
      ObjectNode answer = json.createObjectNode();
      if (key.isEmpty()) {
        ObjectNode all = answer.putObject("data");
        entries.forEach(all::put);
      } else {
        answer.put("data", entries.getOrDefault(key, ""));
      }
      return answer.toString();
    }

    private HttpResponse set(String key, String value) {
      if (key.isEmpty()) {
        return HttpResponse.text(400, "cannot set with empty key.\n");
      }
      entries.put(key, value);
      for (String replica : replicas) {
        try {
          ask(replica, request("set", key, value));
        } catch (IOException e) {
          return failed("propagating to replica '" + replica + "': " + e.getMessage());
        }
      }
      return HttpResponse.text(200, json.createObjectNode().put("message", "Updated").toString());
    }

    private HttpResponse forward(String command, String key, String value) {
      String host;
      switch (command) {
        case "get" -> host = "agnhost-replica";
        case "set" -> host = "agnhost-primary";
        default -> {
          return HttpResponse.text(400, "unsupported cmd: '" + command + "'\n");
        }
      }
      try {
        return HttpResponse.text(200, ask(host, request(command, key, value)));
      } catch (IOException e) {
        return failed(e.getMessage());
      }
    }

    private HttpResponse failed(@Nullable String why) {
      return HttpResponse.text(417, "encountered error: " + why + "\n");
    }

    private static String request(String command, String key, String value) {
      return "/%s?key=%s&value=%s"
          .formatted(command, URLEncoder.encode(key, UTF_8), URLEncoder.encode(value, UTF_8));
    }

    private String ask(String host, String request) throws IOException {
      var target = new Endpoint(host, backend);
      try (Connection connection = world.dial(target, PATIENCE)) {
        return HttpCall.get(request, target.toString(), "Go-http-client/1.1")
            .send(connection)
            .text();
      }
    }
  }
}
