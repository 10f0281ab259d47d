package dev.drydock.apiserver.matching;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `request` of an AdmissionReview, which expressions see too.
public final class ReviewRequest {
  private static final Map<String, String> OPTIONS =
      Map.of(
          "CREATE", "CreateOptions",
          "UPDATE", "UpdateOptions",
          "DELETE", "DeleteOptions");

  private ReviewRequest() {}

  /// Without `uid`, `object` and `oldObject`.
  ///
  /// @param shown the type as which the object is shown
  public static ObjectNode of(Attempt attempt, ResourceType shown) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    GroupVersionKind kind = attempt.kind();
    ResourceType asked = attempt.target().type();
    boolean same = asked.equals(shown);
    GroupVersionKind shownKind = same ? kind : shown.groupVersionKind();
    kind(request.putObject("kind"), shownKind);
    resource(request.putObject("resource"), shown);
    String subresource = attempt.target().subresource();
    if (!subresource.isEmpty()) {
      request.put("subResource", subresource);
    }
    kind(request.putObject("requestKind"), same ? kind : asked.groupVersionKind());
    resource(request.putObject("requestResource"), asked);
    if (!subresource.isEmpty()) {
      request.put("requestSubResource", subresource);
    }
    if (!attempt.name().isEmpty()) {
      request.put("name", attempt.name());
    }
    if (!attempt.namespace().isEmpty()) {
      request.put("namespace", attempt.namespace());
    }
    request.put("operation", attempt.operation());
    user(request.putObject("userInfo"), attempt.user());
    request.put("dryRun", attempt.persistence() == Persistence.DRY_RUN);
    options(request, attempt);
    return request;
  }

  private static void kind(ObjectNode node, GroupVersionKind kind) {
    node.put("group", kind.group());
    node.put("version", kind.version());
    node.put("kind", kind.kind());
  }

  private static void resource(ObjectNode node, ResourceType type) {
    node.put("group", type.group());
    node.put("version", type.version());
    node.put("resource", type.resource());
  }

  private static void user(ObjectNode node, User user) {
    node.put("username", user.name());
    if (!user.uid().isEmpty()) {
      node.put("uid", user.uid());
    }
    ArrayNode groups = node.putArray("groups");
    user.groups().forEach(groups::add);
    if (!user.extra().isEmpty()) {
      ObjectNode extra = node.putObject("extra");
      user.extra()
          .forEach(
              (key, values) -> {
                ArrayNode list = extra.putArray(key);
                values.forEach(list::add);
              });
    }
  }

  private static void options(ObjectNode request, Attempt attempt) {
    String kind = OPTIONS.get(attempt.operation());
    if (kind == null) {
      request.putNull("options");
      return;
    }
    ObjectNode options = request.putObject("options");
    options.put("kind", kind);
    options.put("apiVersion", "meta.k8s.io/v1");
    if (attempt.persistence() == Persistence.DRY_RUN) {
      options.putArray("dryRun").add("All");
    }
  }
}
