package dev.drydock.apiserver.audit;

import dev.drydock.apiserver.audit.AuditPolicy.Level;
import dev.drydock.apiserver.audit.AuditPolicy.Stage;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An event as `audit.k8s.io/v1` writes it, its fields in Kubernetes' order.
final class AuditEvent {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private AuditEvent() {}

  /// @param outcome null: it has not ended yet
  static String of(
      Call call, AuditRecord record, Stage stage, @Nullable Outcome outcome, Instant now) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    Call.Client client = call.arrival().client();
    event.put("kind", "Event").put("apiVersion", "audit.k8s.io/v1");
    event.put("level", record.level().text()).put("auditID", client.auditId());
    event.put("stage", stage.text()).put("requestURI", uri(call));
    event.put("verb", call.subject().verbText());
    boolean unknown = outcome != null && outcome.code() == 401;
    putUser(event.putObject("user"), unknown ? null : call.authenticated());
    if (!call.user().equals(call.authenticated())) {
      putUser(event.putObject("impersonatedUser"), call.user());
      if (!call.constraint().isEmpty()) {
        event.putObject("authenticationMetadata").put("impersonationConstraint", call.constraint());
      }
    }
    event.putArray("sourceIPs").add(client.address());
    event.put("userAgent", client.userAgent());
    if (call.subject() instanceof Subject.Resource resource) {
      putReference(event.putObject("objectRef"), resource, record.response());
    }
    if (outcome != null) {
      putStatus(event.putObject("responseStatus"), outcome);
    }
    putBodies(event, record, outcome);
    event.put("requestReceivedTimestamp", MICROS.format(call.arrival().received()));
    event.put("stageTimestamp", MICROS.format(now));
    if (!record.annotations().isEmpty()) {
      ObjectNode annotations = event.putObject("annotations");
      record.annotations().forEach(annotations::put);
    }
    return event.toString();
  }

  private static void putBodies(ObjectNode event, AuditRecord record, @Nullable Outcome outcome) {
    JsonNode request = record.request();
    if (request != null) {
      event.set("requestObject", request);
    }
    if (outcome == null || !record.level().includes(Level.REQUEST_RESPONSE)) {
      return;
    }
    JsonNode response = record.response();
    if (response != null) {
      event.set("responseObject", response);
    } else if (outcome.code() >= 400) {
      ObjectNode status = event.putObject("responseObject");
      status.put("kind", "Status").put("apiVersion", "v1");
      putStatus(status, outcome);
    }
  }

  private static void putUser(ObjectNode node, @Nullable User user) {
    if (user == null) {
      return;
    }
    node.put("username", user.name());
    if (!user.uid().isEmpty()) {
      node.put("uid", user.uid());
    }
    var groups = node.putArray("groups");
    user.groups().forEach(groups::add);
    if (!user.extra().isEmpty()) {
      ObjectNode extra = node.putObject("extra");
      for (var entry : Map.copyOf(user.extra()).entrySet()) {
        var values = extra.putArray(entry.getKey());
        entry.getValue().forEach(values::add);
      }
    }
  }

  private static void putReference(
      ObjectNode node, Subject.Resource subject, @Nullable JsonNode response) {
    Target target = subject.target();
    JsonNode metadata =
        response == null ? JsonNodeFactory.instance.objectNode() : response.path("metadata");
    node.put("resource", target.type().resource());
    put(node, "namespace", target.namespace());
    String name = subject.selectedName();
    put(node, "name", name.isEmpty() ? metadata.path("name").asString("") : name);
    put(node, "uid", metadata.path("uid").asString(""));
    put(node, "apiGroup", target.type().group());
    put(node, "apiVersion", target.type().version());
    put(node, "resourceVersion", metadata.path("resourceVersion").asString(""));
    put(node, "subresource", target.subresource());
  }

  private static void putStatus(ObjectNode status, Outcome outcome) {
    status.putObject("metadata");
    if (outcome.code() >= 400) {
      status.put("status", "Failure");
      put(status, "message", outcome.message());
      put(status, "reason", outcome.reason());
    }
    status.put("code", outcome.code());
  }

  private static void put(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }

  private static String uri(Call call) {
    String sent = call.arrival().client().uri();
    if (!sent.isEmpty()) {
      return sent;
    }
    return switch (call.subject()) {
      case Subject.Path path -> path.path();
      case Subject.Resource(_, Target target, String name) -> {
        String group = target.type().group();
        yield (group.isEmpty() ? "/api/" : "/apis/" + group + "/")
            + target.type().version()
            + (target.namespace().isEmpty() ? "" : "/namespaces/" + target.namespace())
            + "/"
            + target.type().resource()
            + (name.isEmpty() ? "" : "/" + name)
            + (target.hasSubresource() ? "/" + target.subresource() : "");
      }
    };
  }
}
