package dev.drydock.kubelet.program.agnhost;

import dev.drydock.kubelet.program.Program;
import dev.drydock.kubelet.program.World;
import dev.drydock.kubelet.program.http.HttpRequest;
import dev.drydock.kubelet.program.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Admits, refuses and changes objects; each path is a rule of its own.
final class AdmissionWebhook implements Program {
  private static final Duration DELAY = Duration.ofSeconds(5);
  private static final String MARK = "webhook-e2e-test";
  private static final String UNWANTED = "webhook-disallow";
  private static final String ADDED_LABEL = "added-label";

  private final JsonMapper json = JsonMapper.builder().build();

  @Override
  public int run(World world) throws IOException, InterruptedException {
    String sidecar = Flags.of(world).text("sidecar-image");
    return SecureServer.serve(world, 443, (request, _) -> answer(world, request, sidecar));
  }

  private HttpResponse answer(World world, HttpRequest http, String sidecar)
      throws InterruptedException {
    if (http.path().equals("/readyz")) {
      return HttpResponse.text(200, "ok");
    }
    if (!http.header("Content-Type").equals("application/json")) {
      return HttpResponse.text(200, "");
    }
    JsonNode review;
    try {
      review = json.readTree(http.body());
    } catch (JacksonException unreadable) {
      return HttpResponse.text(400, "Request could not be decoded: " + unreadable.getMessage());
    }
    JsonNode request = review.path("request");
    ObjectNode response = json.createObjectNode();
    response.set("uid", request.path("uid"));
    response.put("allowed", true);
    JsonNode object = request.path("object");
    switch (http.path()) {
      case "/always-allow-delay-5s" -> world.sleep(DELAY);
      case "/always-deny" -> refuse(response, "message", "this webhook denies all requests");
      case "/add-label" -> addLabel(response, object);
      case "/pods" -> pods(world, response, object);
      case "/pods/attach" -> attach(response, request);
      case "/mutating-pods" -> initContainer(response, object);
      case "/mutating-pods-sidecar" -> sidecar(response, object, sidecar);
      case "/configmaps" ->
          data(response, request, "the configmap contains unwanted key and value", "configmap");
      case "/custom-resource" ->
          data(response, request, "the custom resource contains unwanted data", "custom resource");
      case "/mutating-configmaps", "/mutating-custom-resource" -> stages(response, object);
      case "/crd" -> {
        if (label(object).equals(UNWANTED)) {
          refuse(response, "message", "the crd contains unwanted label");
        }
      }
      default -> {
        return HttpResponse.text(404, "404 page not found\n");
      }
    }
    ObjectNode answer = json.createObjectNode();
    answer.set("apiVersion", review.path("apiVersion"));
    answer.set("kind", review.path("kind"));
    answer.set("response", response);
    return HttpResponse.json(200, answer.toString());
  }

  private static void refuse(ObjectNode response, String field, String text) {
    response.put("allowed", false);
    response.putObject("status").put(field, text);
  }

  private static String label(JsonNode object) {
    return object.path("metadata").path("labels").path(MARK).stringValue("");
  }

  private void addLabel(ObjectNode response, JsonNode object) {
    JsonNode labels = object.path("metadata").path("labels");
    if (labels.isEmpty()) {
      ObjectNode value = json.createObjectNode().put(ADDED_LABEL, "yes");
      patch(response, "add", "/metadata/labels", value);
    } else if (!labels.path(ADDED_LABEL).stringValue("").equals("yes")) {
      String verb = labels.has(ADDED_LABEL) ? "replace" : "add";
      patch(response, verb, "/metadata/labels/" + ADDED_LABEL, json.valueToTree("yes"));
    }
  }

  private void patch(ObjectNode response, String verb, String path, JsonNode value) {
    ArrayNode patch = json.createArrayNode();
    patch.addObject().put("op", verb).put("path", path).set("value", value);
    response.put("patchType", "JSONPatch");
    response.put("patch", Base64.getEncoder().encodeToString(json.writeValueAsBytes(patch)));
  }

  private static void pods(World world, ObjectNode response, JsonNode pod)
      throws InterruptedException {
    List<String> complaints = new ArrayList<>();
    switch (label(pod)) {
      case UNWANTED -> complaints.add("the pod contains unwanted label;");
      case "wait-forever" -> world.sleep(Duration.ofDays(365));
      default -> {}
    }
    for (JsonNode container : pod.path("spec").path("containers")) {
      if (container.path("name").stringValue("").contains(UNWANTED)) {
        complaints.add("the pod contains unwanted container name;");
      }
    }
    if (!complaints.isEmpty()) {
      refuse(response, "message", String.join(" ", complaints));
    }
  }

  private static void attach(ObjectNode response, JsonNode request) {
    JsonNode options = request.path("object");
    if (request.path("name").stringValue("").equals("to-be-attached-pod")
        && options.path("stdin").booleanValue(false)
        && options.path("container").stringValue("").equals("container1")) {
      refuse(response, "message", "attaching to pod 'to-be-attached-pod' is not allowed");
    }
  }

  private void initContainer(ObjectNode response, JsonNode pod) {
    String name = "webhook-added-init-container";
    if (pod.path("metadata").path("name").stringValue("").equals("webhook-to-be-mutated")
        && !has(pod.path("spec").path("initContainers"), name)) {
      ArrayNode list = json.createArrayNode();
      list.addObject().put("image", "webhook-added-image").put("name", name).putObject("resources");
      patch(response, "add", "/spec/initContainers", list);
    }
  }

  private void sidecar(ObjectNode response, JsonNode pod, String image) {
    String name = "webhook-added-sidecar";
    if (image.isEmpty()) {
      refuse(response, "message", "No image specified by the sidecar-image parameter");
    } else if (!has(pod.path("spec").path("containers"), name)) {
      ObjectNode added = json.createObjectNode().put("image", image).put("name", name);
      added.putObject("resources");
      patch(response, "add", "/spec/containers/-", added);
    }
  }

  private static boolean has(JsonNode containers, String name) {
    for (JsonNode container : containers) {
      if (container.path("name").stringValue("").equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static void data(ObjectNode response, JsonNode request, String problem, String kind) {
    boolean deletes = request.path("operation").stringValue("").equals("DELETE");
    JsonNode object = request.path(deletes ? "oldObject" : "object");
    String value = object.path("data").path(MARK).stringValue("");
    if (!deletes && value.equals(UNWANTED)) {
      refuse(response, "reason", problem);
    } else if (deletes && value.equals("webhook-nondeletable")) {
      refuse(
          response,
          "reason",
          "the " + kind + " cannot be deleted because it contains unwanted key and value");
    }
  }

  private void stages(ObjectNode response, JsonNode object) {
    JsonNode data = object.path("data");
    if (data.path("mutation-stage-1").stringValue("").equals("yes")) {
      patch(response, "add", "/data/mutation-stage-2", json.valueToTree("yes"));
    } else if (data.path("mutation-start").stringValue("").equals("yes")) {
      patch(response, "add", "/data/mutation-stage-1", json.valueToTree("yes"));
    }
  }
}
