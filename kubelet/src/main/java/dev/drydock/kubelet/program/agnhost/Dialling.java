package dev.drydock.kubelet.program.agnhost;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Protocol;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpCall;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Asks another server, as often as told, and answers with what it said.
final class Dialling {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JsonMapper json = JsonMapper.builder().build();

  HttpResponse answer(World world, HttpRequest request) {
    String tries = request.parameter("tries");
    String port = request.parameter("port");
    String what = request.parameter("request");
    String protocol = request.parameter("protocol").toLowerCase(Locale.ROOT);
    if (!tries.isEmpty() && !tries.matches("[0-9]{1,4}")) {
      return HttpResponse.text(400, "tries parameter is invalid. " + tries + "\n");
    }
    if (what.isEmpty()) {
      return HttpResponse.text(400, "request parameter not specified.\n");
    }
    if (!port.matches("[0-9]{1,5}")) {
      return HttpResponse.text(400, "host and/or port param are invalid.\n");
    }
    boolean udp = protocol.equals("udp");
    if (!udp && !protocol.isEmpty() && !protocol.equals("http")) {
      return HttpResponse.text(400, "unsupported protocol. " + protocol + "\n");
    }
    var target = new Endpoint(request.parameter("host"), Integer.parseInt(port));
    List<String> responses = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    int count = tries.isEmpty() ? 1 : Integer.parseInt(tries);
    for (int i = 0; i < count; i++) {
      try {
        responses.add(udp ? udp(world, target, what) : http(world, target, what));
      } catch (IOException e) {
        errors.add(String.valueOf(e.getMessage()));
      }
    }
    return HttpResponse.text(200, told(responses, errors));
  }

  private String told(List<String> responses, List<String> errors) {
    ObjectNode answer = json.createObjectNode();
    if (!responses.isEmpty()) {
      responses.forEach(answer.putArray("responses")::add);
    }
    if (!errors.isEmpty()) {
      errors.forEach(answer.putArray("errors")::add);
    }
    return answer.toString();
  }

  private static String http(World world, Endpoint target, String path) throws IOException {
    try (Connection connection = world.dial(target, PATIENCE)) {
      return HttpCall.get("/" + path, target.toString(), "Go-http-client/1.1")
          .send(connection)
          .text();
    }
  }

  private static String udp(World world, Endpoint target, String text) throws IOException {
    try (Connection connection = world.network().dial(Protocol.UDP, target, PATIENCE)) {
      connection.output().write(text.getBytes(UTF_8));
      byte[] buffer = new byte[2048];
      var timeout = world.timers().after(PATIENCE, connection::close);
      int read = connection.input().read(buffer);
      timeout.cancel();
      if (read <= 0) {
        throw new IOException("reading from udp connection failed. err:'i/o timeout'");
      }
      return new String(buffer, 0, read, UTF_8);
    }
  }
}
