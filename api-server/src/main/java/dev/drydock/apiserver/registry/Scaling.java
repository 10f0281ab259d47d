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
import dev.drydock.apiserver.admission.AdmissionRequest;
import dev.drydock.apiserver.patch.FieldManagement;
import dev.drydock.apiserver.patch.ObjectVersions;
import dev.drydock.apiserver.patch.ScaleFields;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.TreeObject;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Written;
import java.util.List;
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
    Bodies.checkKind(SCALE.groupVersionKind(), body);
    return change(request, scale, before -> tracked(request, before, body.deepCopy()));
  }

  Written patch(Request request, PatchBody patch, Subresource.Scale scale) {
    Patching.checkManager(request, patch);
    return change(
        request,
        scale,
        before ->
            switch (patch) {
              case PatchBody.Apply apply -> applied(request, apply, before);
              case PatchBody.Json _, PatchBody.Merge _, PatchBody.StrategicMerge _ ->
                  tracked(request, before, Patching.patchTree(before, patch, schema()));
            });
  }

  /// What a client makes of the scale.
  private interface Change {

    /// @param before the scale with the owners of its field; not changed
    /// @return the wanted scale, with its owners
    ObjectNode of(ObjectNode before);
  }

  private Written change(Request request, Subresource.Scale scale, Change wanted) {
    Written written =
        objects.update(
            request.as(),
            request.target(),
            request.options().persistence(),
            current -> {
              if (current == null) {
                throw ApiException.notFound(request.as().type(), request.target().name());
              }
              return decide(request, scale, current, wanted);
            });
    return new Written(view(written.object(), scale), written.before(), written.outcome());
  }

  private ObjectNode tracked(Request request, ObjectNode before, ObjectNode wanted) {
    decode(request, wanted);
    Trees.child(wanted, "metadata");
    FieldManagement.afterUpdate(before, wanted, versions(), writer(request));
    return wanted;
  }

  private ObjectNode applied(Request request, PatchBody.Apply apply, ObjectNode before) {
    ObjectNode intent = Patching.document(apply).deepCopy();
    Bodies.checkKind(SCALE.groupVersionKind(), intent);
    FieldManagement.checkIntent(intent, schema());
    Bodies.checkIdentity(request, intent);
    decode(request, intent);
    Trees.child(intent, "metadata");
    return FieldManagement.apply(before, intent, versions(), writer(request), Patching.force(apply))
        .deepCopy();
  }

  /// A client of a scale speaks the scale's version, whatever the object's is.
  private FieldManagement.Writer writer(Request request) {
    FieldManagement.Writer writer = path.writer(request);
    return new FieldManagement.Writer(
        writer.manager(), ScaleFields.API_VERSION, writer.subresource(), writer.now());
  }

  private static ObjectVersions versions() {
    return ObjectVersions.only(ScaleFields.API_VERSION, schema());
  }

  private static void decode(Request request, ObjectNode scale) {
    Bodies.Refusal refusal = problem -> SchemaDecoding.refusal(SCALE.groupVersionKind(), problem);
    List<String> unknown = Bodies.decode(() -> SchemaDecoding.decode(scale, schema()), refusal);
    Bodies.judge(request.context(), request.options(), unknown, refusal);
  }

  private Wish decide(
      Request request, Subresource.Scale scale, SharedObject current, Change change) {
    var owners = new ScaleFields(request.as().form()::replicasIn);
    ObjectNode before = tree(current, scale);
    owners.show(current.tree(), before);
    ObjectNode wanted = change.of(before);
    Bodies.checkIdentity(request, wanted);
    AdmissionRequest admitted =
        path.mutateView(
            request,
            wanted,
            before,
            changed ->
                Bodies.decode(
                    () -> SchemaDecoding.decode(changed, schema()), ApiException::internalError));
    long replicas = replicas(request, wanted);
    ObjectNode object = current.copyOfTree();
    owners.takeBack(object, wanted, request.as().type().apiVersion());
    ObjectNode metadata = Metadata.of(object);
    Metadata.checkPrecondition(request, wanted, current.tree());
    String version = Trees.text(wanted, "metadata", "resourceVersion");
    if (!version.isEmpty()) {
      metadata.put("resourceVersion", version);
    }
    set(object, scale.replicas(), replicas);
    return path.changeThroughView(request, current, object, admitted);
  }

  private static long replicas(Request request, ObjectNode wanted) {
    JsonNode replicas = Trees.at(wanted, "spec", "replicas");
    if (replicas.isIntegralNumber() && replicas.longValue() < 0) {
      throw ApiException.invalid(
          SCALE,
          request.target().name(),
          List.of(
              FieldError.invalid(
                  "spec.replicas", replicas.longValue(), "must be greater than or equal to 0")));
    }
    return replicas.isIntegralNumber() ? replicas.longValue() : 0;
  }

  private static void set(ObjectNode object, String dotted, long number) {
    int dot = dotted.lastIndexOf('.');
    ObjectNode parent = object;
    for (String step : dotted.substring(0, dot).split("\\.", -1)) {
      parent = Trees.child(parent, step);
    }
    parent.set(dotted.substring(dot + 1), Trees.whole(number));
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
