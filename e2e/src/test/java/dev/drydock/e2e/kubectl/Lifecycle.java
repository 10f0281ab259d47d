package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.e2e.kubectl.ApiProxy.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One object of a kind goes through all that its addresses can do: create, get, list, watch, the
/// four kinds of patch, update, the same of its status, deletion as a collection.
///
/// @param collection the address of the kind's objects
/// @param verbs of the kind
/// @param statusVerbs of its status; empty: it has none
record Lifecycle(ApiProxy api, String collection, List<String> verbs, List<String> statusVerbs) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String JSON = "application/json";
  private static final String LABEL = "walks";

  private static final String APPLY = "application/apply-patch+yaml";
  private static final List<String> PATCHES =
      List.of(
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/json-patch+json",
          APPLY);

  void walk(ObjectNode sample) {
    ObjectNode given = sample.deepCopy();
    given.withObject("metadata").withObject("labels").put(LABEL, "yes");
    given.withObject("metadata").withObject("annotations").put("walk", "begins");
    ObjectNode made =
        done(201, api.ask("POST", collection + "?fieldValidation=Strict", JSON, given));
    String name = made.at("/metadata/name").stringValue("");
    String object = collection + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    ObjectNode list = done(200, api.get(selected(), JSON));
    assertThat(list.path("items")).hasSize(1);
    String from =
        "&watch=1&resourceVersion=" + list.at("/metadata/resourceVersion").stringValue("");
    try (ApiProxy.Watch watch = api.watch(selected() + from)) {
      writes(object, made);
      if (!statusVerbs.isEmpty()) {
        assertThat(statusVerbs).contains("get", "patch", "update");
        writes(object + "/status", made);
      }
      String doomed = verbs.contains("deletecollection") ? selected() : object;
      done(200, api.ask("DELETE", doomed, JSON, NODES.objectNode()));
      long last = 0;
      boolean going = false;
      while (!going) {
        ObjectNode event = watch.next();
        JsonNode metadata = event.path("object").path("metadata");
        long revision = Long.parseLong(metadata.path("resourceVersion").stringValue("0"));
        assertThat(revision).isGreaterThan(last);
        last = revision;
        boolean deleted = event.path("type").stringValue("").equals("DELETED");
        assertThat(event.path("type").stringValue("")).isIn("MODIFIED", "DELETED");
        going = deleted || metadata.has("deletionTimestamp");
      }
    }
  }

  /// Every way to write at an address; each shows in what is read next.
  private void writes(String address, ObjectNode made) {
    for (String type : PATCHES) {
      String mark = type.substring(type.indexOf('/') + 1, type.indexOf('-'));
      String options =
          "?fieldValidation=Strict" + (type.equals(APPLY) ? "&fieldManager=walker" : "");
      done(200, api.ask("PATCH", address + options, type, patch(type, mark, made)));
      assertThat(annotation(address, mark)).as(type).isEqualTo("yes");
    }
    Answer updated;
    do {
      ObjectNode present = done(200, api.get(address, JSON));
      present.withObject("metadata").withObject("annotations").put("walk", "updated");
      updated = api.ask("PUT", address + "?fieldValidation=Strict", JSON, present);
    } while (updated.code() == 409);
    done(200, updated);
    assertThat(annotation(address, "walk")).isEqualTo("updated");
    done(200, api.ask("PATCH", address, PATCHES.getFirst(), marks("walk", "begins")));
  }

  private static JsonNode patch(String type, String mark, ObjectNode made) {
    if (type.equals("application/json-patch+json")) {
      var operations = NODES.arrayNode();
      operations
          .addObject()
          .put("op", "add")
          .put("path", "/metadata/annotations/" + mark)
          .put("value", "yes");
      return operations;
    }
    ObjectNode patch = marks(mark, "yes");
    if (type.equals(APPLY)) {
      patch.set("apiVersion", made.get("apiVersion"));
      patch.set("kind", made.get("kind"));
    }
    return patch;
  }

  private static ObjectNode marks(String mark, String value) {
    ObjectNode patch = NODES.objectNode();
    patch.withObject("metadata").withObject("annotations").put(mark, value);
    return patch;
  }

  private String annotation(String address, String name) {
    return done(200, api.get(address, JSON))
        .path("metadata")
        .path("annotations")
        .path(name)
        .stringValue("");
  }

  private String selected() {
    return collection + "?labelSelector=" + LABEL + "%3Dyes";
  }

  private static ObjectNode done(int code, Answer answer) {
    assertThat(answer.code()).as(answer.body().toString()).isEqualTo(code);
    return answer.body();
  }
}
