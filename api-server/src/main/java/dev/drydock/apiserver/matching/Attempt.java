package dev.drydock.apiserver.matching;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A write as webhooks and policies see it.
///
/// @param operation `CREATE`, `UPDATE`, `DELETE`, `CONNECT`
/// @param object null for a deletion
/// @param before null for a creation
public record Attempt(
    String operation,
    Target target,
    @Nullable ObjectNode object,
    @Nullable ObjectNode before,
    User user,
    Persistence persistence) {

  /// The name, or what it is going to be made of.
  public String name() {
    if (!target.name().isEmpty() || object == null) {
      return target.name();
    }
    return object.path("metadata").path("name").stringValue("");
  }

  /// The kind of the object that is sent.
  public GroupVersionKind kind() {
    JsonNode sent = object == null ? before : object;
    String kind = sent == null ? "" : sent.path("kind").stringValue("");
    String apiVersion = sent == null ? "" : sent.path("apiVersion").stringValue("");
    if (kind.isEmpty() || apiVersion.isEmpty()) {
      return target.type().groupVersionKind();
    }
    int slash = apiVersion.indexOf('/');
    return new GroupVersionKind(
        slash < 0 ? "" : apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  /// Whether namespaces themselves are written.
  public boolean isNamespace() {
    return target.type().qualifiedResource().equals("namespaces");
  }

  /// The namespace that selectors look at; empty for other cluster-scoped objects.
  public String namespace() {
    return isNamespace() ? name() : target.namespace();
  }

  /// The new object, or null in JSON.
  public JsonNode objectNode() {
    return object == null ? JsonNodeFactory.instance.nullNode() : object;
  }

  /// The old object, or null in JSON.
  public JsonNode beforeNode() {
    return before == null ? JsonNodeFactory.instance.nullNode() : before;
  }

  /// The same with another object.
  public Attempt with(ObjectNode changed) {
    return new Attempt(operation, target, changed, before, user, persistence);
  }
}
