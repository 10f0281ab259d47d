package dev.drydock.kubelet.program.agnhost;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Converts an example's objects: `hostPort` of version 1 is `host` and `port` in version 2.
final class ConversionWebhook implements Program {
  private static final String V1 = "stable.example.com/v1";
  private static final String V2 = "stable.example.com/v2";

  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public int run(World world) throws IOException, InterruptedException {
    return SecureServer.serve(world, 443, (request, _) -> answer(request));
  }

  private HttpResponse answer(HttpRequest http) {
    if (http.path().equals("/readyz")) {
      return HttpResponse.text(200, "ok");
    }
    if (!http.path().equals("/crdconvert")) {
      return HttpResponse.text(404, "404 page not found\n");
    }
    try {
      JsonNode review = json.readTree(http.body());
      JsonNode request = review.path("request");
      ObjectNode answer = json.createObjectNode();
      answer.set("apiVersion", review.path("apiVersion"));
      answer.set("kind", review.path("kind"));
      ObjectNode response = answer.putObject("response");
      response.set("uid", request.path("uid"));
      String problem = convert(request, response.putArray("convertedObjects"));
      ObjectNode result = response.putObject("result");
      if (problem.isEmpty()) {
        result.put("status", "Success");
      } else {
        response.remove("convertedObjects");
        result.put("status", "Failure").put("message", problem);
      }
      return HttpResponse.json(200, answer.toString());
    } catch (JacksonException unreadable) {
      return HttpResponse.text(400, "Request could not be decoded: " + unreadable.getMessage());
    }
  }

  /// @return what went wrong; empty: nothing
  private static String convert(JsonNode request, ArrayNode converted) {
    String wanted = request.path("desiredAPIVersion").stringValue("");
    for (JsonNode one : request.path("objects")) {
      ObjectNode object = (ObjectNode) one.deepCopy();
      String from = object.path("apiVersion").stringValue("");
      if (from.equals(V1) && wanted.equals(V2)) {
        JsonNode both = object.remove("hostPort");
        if (both != null) {
          String[] parts = both.stringValue("").split(":", -1);
          if (parts.length != 2) {
            return "invalid hostPort value `" + both.stringValue("") + "`";
          }
          object.put("host", parts[0]).put("port", parts[1]);
        }
      } else if (from.equals(V2) && wanted.equals(V1)) {
        JsonNode host = object.remove("host");
        JsonNode port = object.remove("port");
        if (host != null || port != null) {
          object.put("hostPort", text(host) + ":" + text(port));
        }
      } else {
        return "unexpected conversion version \"" + wanted + "\"";
      }
      converted.add(object.put("apiVersion", wanted));
    }
    return "";
  }

  private static String text(@Nullable JsonNode value) {
    return value == null ? "" : value.stringValue("");
  }
}
