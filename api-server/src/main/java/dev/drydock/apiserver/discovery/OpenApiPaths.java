package dev.drydock.apiserver.discovery;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.TypeInfo;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The operations on each path of a type, with the kind and the action that kubectl looks for.
final class OpenApiPaths {
  private static final List<String> WRITE = List.of("dryRun", "fieldManager", "fieldValidation");
  private static final List<String> LIST =
      List.of(
          "allowWatchBookmarks",
          "continue",
          "fieldSelector",
          "labelSelector",
          "limit",
          "resourceVersion",
          "resourceVersionMatch",
          "sendInitialEvents",
          "timeoutSeconds",
          "watch");
  private static final List<String> DELETE =
      List.of("dryRun", "gracePeriodSeconds", "orphanDependents", "propagationPolicy");

  /// One operation.
  ///
  /// @param action as in `x-kubernetes-action`
  /// @param kind that it is about
  /// @param body definition of what is sent, or empty
  /// @param result definition of what is answered, or empty: text
  private record Operation(
      String method,
      String action,
      GroupVersionKind kind,
      String body,
      String result,
      List<String> parameters) {}

  private final OpenApiDefinitions definitions;
  private final OpenApiDialect dialect;

  OpenApiPaths(OpenApiDefinitions definitions, OpenApiDialect dialect) {
    this.definitions = definitions;
    this.dialect = dialect;
  }

  /// Adds the paths of a type and of its sub-resources.
  void add(ObjectNode paths, TypeInfo info) {
    String root = "/" + GroupVersions.path(info.type().group(), info.type().version()) + "/";
    String collection =
        root
            + (info.type().isNamespaced() ? "namespaces/{namespace}/" : "")
            + info.type().resource();
    GroupVersionKind kind = info.type().groupVersionKind();
    String object = definition(kind);
    String list = definition(definitions.listOf(info));
    if (info.allows("list") && info.type().isNamespaced()) {
      operation(
          paths,
          root + info.type().resource(),
          info,
          new Operation("get", "list", kind, "", list, LIST));
    }
    for (String verb : info.verbs()) {
      switch (verb) {
        case "list" ->
            operation(paths, collection, info, new Operation("get", "list", kind, "", list, LIST));
        case "create" ->
            operation(
                paths,
                collection,
                info,
                new Operation("post", "post", kind, object, object, WRITE));
        case "deletecollection" ->
            operation(
                paths,
                collection,
                info,
                new Operation("delete", "deletecollection", kind, deleteOptions(), status(), LIST));
        default -> single(paths, collection + "/{name}", info, verb, kind, object);
      }
    }
    subresources(paths, collection, info);
  }

  private void subresources(ObjectNode paths, String collection, TypeInfo info) {
    for (TypeInfo.Subresource subresource : info.subresources()) {
      String path = collection + "/{name}/" + subresource.name();
      String part = definition(subresource.kind());
      for (String verb : subresource.verbs()) {
        if (part.isEmpty()) {
          connect(paths, path, info, verb, subresource.kind());
        } else {
          single(paths, path, info, verb, subresource.kind(), part);
        }
      }
    }
  }

  private void single(
      ObjectNode paths,
      String path,
      TypeInfo info,
      String verb,
      GroupVersionKind kind,
      String object) {
    switch (verb) {
      case "get" ->
          operation(paths, path, info, new Operation("get", "get", kind, "", object, List.of()));
      case "create" ->
          operation(paths, path, info, new Operation("post", "post", kind, object, object, WRITE));
      case "update" ->
          operation(paths, path, info, new Operation("put", "put", kind, object, object, WRITE));
      case "patch" ->
          operation(
              paths,
              path,
              info,
              new Operation(
                  "patch",
                  "patch",
                  kind,
                  OpenApiDefinitions.META + "Patch",
                  object,
                  List.of("dryRun", "fieldManager", "fieldValidation", "force")));
      case "delete" ->
          operation(
              paths,
              path,
              info,
              new Operation("delete", "delete", kind, deleteOptions(), status(), DELETE));
      default -> {}
    }
  }

  private void connect(
      ObjectNode paths, String path, TypeInfo info, String verb, GroupVersionKind kind) {
    String method =
        switch (verb) {
          case "create" -> "post";
          case "update" -> "put";
          default -> verb;
        };
    operation(paths, path, info, new Operation(method, "connect", kind, "", "", List.of()));
  }

  private void operation(ObjectNode paths, String path, TypeInfo info, Operation operation) {
    ObjectNode item = paths.withObjectProperty(path);
    if (item.isEmpty()) {
      pathParameters(item.putArray("parameters"), path);
    }
    ObjectNode node = item.putObject(operation.method());
    String group = info.type().group().isEmpty() ? "core" : shortGroup(info);
    node.putArray("tags").add(group + "_" + info.type().version());
    node.put("description", operation.action() + " " + operation.kind().kind());
    node.put("operationId", operationId(path, info, operation, group));
    ArrayNode parameters = node.putArray("parameters");
    operation.parameters().forEach(name -> parameter(parameters.addObject(), name, "query"));
    body(node, parameters, operation);
    responses(node.putObject("responses"), operation);
    node.put("x-kubernetes-action", operation.action());
    OpenApiDefinitions.put(node.putObject("x-kubernetes-group-version-kind"), operation.kind());
  }

  private static String shortGroup(TypeInfo info) {
    String group = info.type().group();
    int dot = group.indexOf('.');
    return dot < 0 ? group : group.substring(0, dot);
  }

  private static String operationId(String path, TypeInfo info, Operation operation, String group) {
    String verb =
        switch (operation.action()) {
          case "post" -> "create";
          case "put" -> "replace";
          case "get" -> "read";
          case "deletecollection" -> "deleteCollection";
          case "connect" -> "connect" + capital(operation.method());
          default -> operation.action();
        };
    boolean everywhere = info.type().isNamespaced() && !path.contains("{namespace}");
    int end = path.indexOf("{name}/");
    return verb
        + capital(group)
        + capital(info.type().version())
        + (info.type().isNamespaced() && !everywhere ? "Namespaced" : "")
        + info.type().kind()
        + (end < 0 ? "" : capital(path.substring(end + "{name}/".length())))
        + (everywhere ? "ForAllNamespaces" : "");
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private void pathParameters(ArrayNode parameters, String path) {
    if (path.contains("{name}")) {
      parameter(parameters.addObject(), "name", "path");
    }
    if (path.contains("{namespace}")) {
      parameter(parameters.addObject(), "namespace", "path");
    }
    parameter(parameters.addObject(), "pretty", "query");
  }

  private void parameter(ObjectNode node, String name, String in) {
    node.put("name", name).put("in", in);
    if (in.equals("path")) {
      node.put("required", true);
    }
    String type =
        switch (name) {
          case "limit", "timeoutSeconds", "gracePeriodSeconds" -> "integer";
          case "allowWatchBookmarks", "sendInitialEvents", "watch", "force", "orphanDependents" ->
              "boolean";
          default -> "string";
        };
    ObjectNode holder = dialect == OpenApiDialect.V3 ? node.putObject("schema") : node;
    holder.put("type", type).put("uniqueItems", true);
  }

  private void body(ObjectNode node, ArrayNode parameters, Operation operation) {
    if (operation.body().isEmpty()) {
      return;
    }
    String reference = definitions.reference(operation.body());
    List<String> types =
        operation.action().equals("patch")
            ? List.of(
                "application/apply-patch+yaml", "application/json-patch+json",
                "application/merge-patch+json", "application/strategic-merge-patch+json")
            : List.of("*/*");
    switch (dialect) {
      case V2 -> {
        types.forEach(node.putArray("consumes")::add);
        ObjectNode body = parameters.addObject().put("name", "body").put("in", "body");
        body.put("required", !operation.action().startsWith("delete"));
        body.putObject("schema").put("$ref", reference);
      }
      case V3 -> {
        ObjectNode content = node.putObject("requestBody").putObject("content");
        types.forEach(type -> content.putObject(type).putObject("schema").put("$ref", reference));
      }
    }
  }

  private void responses(ObjectNode responses, Operation operation) {
    ObjectNode success = responses.putObject("200").put("description", "OK");
    ObjectNode schema =
        switch (dialect) {
          case V2 -> success.putObject("schema");
          case V3 ->
              success
                  .putObject("content")
                  .putObject(operation.result().isEmpty() ? "*/*" : "application/json")
                  .putObject("schema");
        };
    if (operation.result().isEmpty()) {
      schema.put("type", "string");
    } else {
      schema.put("$ref", definitions.reference(operation.result()));
    }
    responses.putObject("401").put("description", "Unauthorized");
  }

  private String definition(GroupVersionKind kind) {
    return definitions.definition(kind).orElse("");
  }

  private static String deleteOptions() {
    return OpenApiDefinitions.META + "DeleteOptions";
  }

  private static String status() {
    return OpenApiDefinitions.META + "Status";
  }
}
