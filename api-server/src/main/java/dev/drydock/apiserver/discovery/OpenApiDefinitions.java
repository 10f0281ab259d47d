package dev.drydock.apiserver.discovery;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.TypeInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The definitions that a document needs: those it names, and all that these lead to.
final class OpenApiDefinitions {
  static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  /// Kinds that stand in every group version.
  private static final Set<String> EVERYWHERE = Set.of(META + "DeleteOptions", META + "WatchEvent");

  /// Where those are kinds too. Groups that come and go with definitions are not among them: the
  /// document of one group must not change with another.
  private static final Set<String> BUILT_IN =
      BuiltInTypes.get().all().stream()
          .map(info -> info.type().apiVersion())
          .collect(Collectors.toSet());

  private final Definitions schemas;
  private final GroupVersions versions;
  private final OpenApiDialect dialect;
  private final Set<String> named = new HashSet<>();
  private final Deque<String> toDo = new ArrayDeque<>();

  OpenApiDefinitions(Definitions schemas, GroupVersions versions, OpenApiDialect dialect) {
    this.schemas = schemas;
    this.versions = versions;
    this.dialect = dialect;
  }

  /// Names a definition; the reference to it.
  String reference(String definition) {
    if (named.add(definition)) {
      toDo.add(definition);
    }
    return dialect.reference(definition);
  }

  /// The kind of a type's lists.
  GroupVersionKind listOf(TypeInfo info) {
    return schemas.listOf(info);
  }

  /// The definition of a kind, where there is one.
  Optional<String> definition(GroupVersionKind kind) {
    return schemas.nameOf(kind);
  }

  /// Writes all that have been named.
  void write(ObjectNode target) {
    var sorted = new TreeMap<String, ObjectNode>();
    for (String name = toDo.poll(); name != null; name = toDo.poll()) {
      sorted.put(name, definition(name));
    }
    sorted.forEach(target::set);
  }

  private ObjectNode definition(String name) {
    Optional<ObjectNode> custom = schemas.custom(name, dialect, this::reference);
    return custom.orElseGet(() -> builtIn(name));
  }

  private ObjectNode builtIn(String name) {
    Schema schema = schemas.builtIn().definition(name);
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (!schema.description().isEmpty()) {
      node.put("description", schema.description());
    }
    if (schema.type() != Schema.Type.OBJECT) {
      leaf(node, schema, name);
      return node;
    }
    node.put("type", "object");
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    schema
        .properties()
        .forEach((field, type) -> properties.set(field, value(type, describe(type))));
    if (!properties.isEmpty()) {
      node.set("properties", properties);
    }
    if (!schema.required().isEmpty()) {
      schema.required().forEach(node.putArray("required")::add);
    }
    if (schema.facts().mapType() == Schema.MapType.ATOMIC) {
      node.put("x-kubernetes-map-type", "atomic");
    }
    kinds(node, name);
    return node;
  }

  /// The text of a field, or the first sentence about its type.
  private String describe(Schema field) {
    if (!field.description().isEmpty() || field.definition().isEmpty()) {
      return field.description();
    }
    String text = schemas.builtIn().definition(field.definition().get()).description();
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private void kinds(ObjectNode node, String name) {
    List<GroupVersionKind> kinds = new ArrayList<>();
    if (EVERYWHERE.contains(name)) {
      String kind = name.substring(META.length());
      for (String group : versions.groups()) {
        versions.of(group).stream()
            .map(version -> new GroupVersionKind(group, version, kind))
            .filter(each -> BUILT_IN.contains(each.apiVersion()))
            .forEach(kinds::add);
      }
    } else {
      schemas.builtIn().kindOf(name).ifPresent(kinds::add);
    }
    if (!kinds.isEmpty()) {
      ArrayNode array = node.putArray("x-kubernetes-group-version-kind");
      kinds.forEach(kind -> put(array.addObject(), kind));
    }
  }

  static void put(ObjectNode node, GroupVersionKind kind) {
    node.put("group", kind.group()).put("kind", kind.kind()).put("version", kind.version());
  }

  private ObjectNode value(Schema schema, String description) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (!description.isEmpty()) {
      node.put("description", description);
    }
    Optional<String> definition = schema.definition();
    if (definition.isPresent()) {
      reference(definition.get());
      if (description.isEmpty()) {
        node.put("$ref", dialect.reference(definition.get()));
      } else {
        dialect.refer(node, definition.get());
      }
    } else {
      inline(node, schema);
    }
    Schema.Facts facts = schema.facts();
    if (facts.mapType() == Schema.MapType.ATOMIC && definition.isEmpty()) {
      node.put("x-kubernetes-map-type", "atomic");
    }
    if (!facts.patchMergeKey().isEmpty()) {
      node.put("x-kubernetes-patch-merge-key", facts.patchMergeKey());
    }
    if (!facts.patchStrategies().isEmpty()) {
      node.put("x-kubernetes-patch-strategy", String.join(",", facts.patchStrategies()));
    }
    return node;
  }

  private void inline(ObjectNode node, Schema schema) {
    Schema.Facts facts = schema.facts();
    switch (schema.type()) {
      case OBJECT -> node.put("type", "object");
      case MAP ->
          node.put("type", "object")
              .set("additionalProperties", value(schema.items().orElseThrow(), ""));
      case ARRAY -> {
        node.put("type", "array").set("items", value(schema.items().orElseThrow(), ""));
        listType(node, facts);
      }
      case STRING -> node.put("type", "string");
      case INTEGER -> node.put("type", "integer");
      case NUMBER -> node.put("type", "number");
      case BOOLEAN -> node.put("type", "boolean");
      case INT_OR_STRING, QUANTITY, ANY -> leaf(node, schema, "");
    }
    if (!facts.enumValues().isEmpty()) {
      facts.enumValues().forEach(node.putArray("enum")::add);
    }
    if (!facts.format().isEmpty()) {
      node.put("format", facts.format().equals("micro-time") ? "date-time" : facts.format());
    }
  }

  private static void listType(ObjectNode node, Schema.Facts facts) {
    switch (facts.listType()) {
      case MAP -> {
        facts.listMapKeys().forEach(node.putArray("x-kubernetes-list-map-keys")::add);
        node.put("x-kubernetes-list-type", "map");
      }
      case SET -> node.put("x-kubernetes-list-type", "set");
      case ATOMIC -> node.put("x-kubernetes-list-type", "atomic");
    }
  }

  private void leaf(ObjectNode node, Schema schema, String name) {
    switch (schema.type()) {
      case STRING -> node.put("type", "string").put("format", "date-time");
      case QUANTITY -> either(node, "string", "number");
      case INT_OR_STRING -> {
        node.put("format", "int-or-string");
        either(node, "integer", "string");
      }
      case ANY -> {
        if (!name.contains("JSON")) {
          node.put("type", "object");
        }
      }
      case OBJECT, MAP, ARRAY, INTEGER, NUMBER, BOOLEAN -> {}
    }
  }

  private void either(ObjectNode node, String one, String other) {
    switch (dialect) {
      case V2 -> node.put("type", "string");
      case V3 -> {
        ArrayNode types = node.putArray("oneOf");
        types.addObject().put("type", one);
        types.addObject().put("type", other);
      }
    }
  }
}
