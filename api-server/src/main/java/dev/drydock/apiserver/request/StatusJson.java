package dev.drydock.apiserver.request;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.apiserver.storage.Bytes;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `Status` object as it stands on the wire, its fields in Kubernetes' order.
public final class StatusJson {

  private StatusJson() {}

  public static Bytes of(Status status) {
    return Bytes.utf8(tree(status).toString());
  }

  public static ObjectNode tree(Status status) {
    ObjectNode root = begin("Failure");
    if (!status.continueToken().isEmpty()) {
      ((ObjectNode) root.get("metadata")).put("continue", status.continueToken());
    }
    root.put("message", status.message());
    if (!status.reason().text().isEmpty()) {
      root.put("reason", status.reason().text());
    }
    Status.Details details = status.details();
    if (!details.equals(Status.Details.NONE)) {
      putDetails(root.putObject("details"), details);
    }
    root.put("code", status.code());
    return root;
  }

  /// The answer where an object is gone and there is nothing else to say.
  public static Bytes success(ResourceType type, String name, String uid) {
    ObjectNode root = begin("Success");
    ObjectNode details = root.putObject("details");
    putUnlessEmpty(details, "name", name);
    putUnlessEmpty(details, "group", type.group());
    details.put("kind", type.resource());
    putUnlessEmpty(details, "uid", uid);
    return Bytes.utf8(root.toString());
  }

  /// The answer to a sub-resource that only acts: `pods/binding`, `pods/eviction`.
  public static Bytes success(int code) {
    return Bytes.utf8(begin("Success").put("code", code).toString());
  }

  private static ObjectNode begin(String outcome) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    return root.put("status", outcome);
  }

  private static void putDetails(ObjectNode node, Status.Details details) {
    putUnlessEmpty(node, "name", details.name());
    putUnlessEmpty(node, "group", details.group());
    putUnlessEmpty(node, "kind", details.kind());
    if (!details.causes().isEmpty()) {
      var causes = node.putArray("causes");
      for (FieldError cause : details.causes()) {
        ObjectNode one = causes.addObject();
        one.put("reason", cause.type().cause()).put("message", cause.message());
        putUnlessEmpty(one, "field", cause.field());
      }
    }
    if (details.retryAfterSeconds() > 0) {
      node.put("retryAfterSeconds", details.retryAfterSeconds());
    }
  }

  private static void putUnlessEmpty(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}
