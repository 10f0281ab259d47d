package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.WritePath.Tracking;
import dev.drydock.apiserver.registry.strategy.Facets;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.TreeObject;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Written;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The `scale` sub-resource of every kind that has one: a view of two numbers and a selector.
final class Scaling {
  private static final ResourceType SCALE =
      new ResourceType("autoscaling", "v1", "scales", "Scale", Scope.NAMESPACED);

  private final Objects objects;
  private final WritePath path;

  Scaling(Objects objects, WritePath path) {
    this.objects = objects;
    this.path = path;
  }

  private static Schema schema() {
    return Schemas.builtIn()
        .kind(SCALE.groupVersionKind())
        .orElseThrow(() -> new IllegalStateException("no schema of Scale"));
  }

  /// @throws ApiException internal error: the object has no number of replicas
  StoredObject read(StoredObject object, Subresource.Scale scale) {
    if (!at(object.tree(), scale.replicas()).isIntegralNumber()) {
      throw ApiException.of(
          StatusReason.INTERNAL_ERROR,
          "Internal error occurred: the spec replicas field \"."
              + scale.replicas()
              + "\" does not exist");
    }
    return view(object, scale);
  }

  private StoredObject view(StoredObject object, Subresource.Scale scale) {
    return new TreeObject(tree(object, scale), object.revision());
  }

  Written update(Request request, ObjectNode body, Subresource.Scale scale) {
    return change(request, scale, _ -> body);
  }

  Written patch(Request request, PatchBody patch, Subresource.Scale scale) {
    return change(request, scale, view -> Patching.patchTree(view, patch, schema(), request.as()));
  }

  private Written change(
      Request request, Subresource.Scale scale, UnaryOperator<ObjectNode> wanted) {
    Written written =
        objects.update(
            request.as(),
            request.target(),
            request.options().persistence(),
            current -> {
              if (current == null) {
                throw ApiException.notFound(request.as().type(), request.target().name());
              }
              return decide(request, scale, current, wanted.apply(tree(current, scale)));
            });
    return new Written(view(written.object(), scale), written.before(), written.outcome());
  }

  private Wish decide(
      Request request, Subresource.Scale scale, SharedObject current, ObjectNode wanted) {
    var _ = SchemaDecoding.decode(wanted, schema(), SCALE.groupVersionKind());
    JsonNode replicas = Trees.at(wanted, "spec", "replicas");
    if (replicas.isIntegralNumber() && replicas.longValue() < 0) {
      throw ApiException.invalid(
          SCALE,
          request.target().name(),
          List.of(
              FieldError.invalid(
                  "spec.replicas", replicas.longValue(), "must be greater than or equal to 0")));
    }
    ObjectNode object = current.copyOfTree();
    ObjectNode metadata = Metadata.of(object);
    for (String precondition : List.of("resourceVersion", "uid")) {
      String value = Trees.text(wanted, "metadata", precondition);
      if (!value.isEmpty()) {
        metadata.put(precondition, value);
      }
    }
    int dot = scale.replicas().lastIndexOf('.');
    ObjectNode parent = object;
    for (String step : scale.replicas().substring(0, dot).split("\\.", -1)) {
      parent = Trees.child(parent, step);
    }
    parent.set(
        scale.replicas().substring(dot + 1),
        Trees.whole(replicas.isMissingNode() ? 0 : replicas.longValue()));
    return path.change(request, current, object, Facets.ANYTHING, Tracking.DUE);
  }

  private static ObjectNode tree(StoredObject object, Subresource.Scale scale) {
    ObjectNode of = object.tree();
    ObjectNode tree = Trees.object();
    tree.put("kind", "Scale");
    tree.put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = tree.putObject("metadata");
    for (String field :
        List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      String value = Trees.text(of, "metadata", field);
      if (!value.isEmpty()) {
        metadata.put(field, value);
      }
    }
    ObjectNode spec = tree.putObject("spec");
    spec.set("replicas", Trees.whole(number(of, scale.replicas())));
    ObjectNode status = tree.putObject("status");
    status.set("replicas", Trees.whole(number(of, scale.statusReplicas())));
    String selector = selector(at(of, scale.selector()));
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return tree;
  }

  private static String selector(JsonNode selector) {
    if (!selector.isObject()) {
      return selector.stringValue("");
    }
    boolean isPlainMap = !selector.has("matchLabels") && !selector.has("matchExpressions");
    return isPlainMap
        ? LabelSelector.ofLabels(Trees.textMap(selector)).toString()
        : LabelSelector.of(selector).toString();
  }

  private static long number(ObjectNode object, String path) {
    JsonNode found = at(object, path);
    return found.isIntegralNumber() ? found.longValue() : 0;
  }

  private static JsonNode at(ObjectNode object, String path) {
    return path.isEmpty()
        ? Trees.at(object, "no such field")
        : Trees.at(object, path.split("\\.", -1));
  }
}
