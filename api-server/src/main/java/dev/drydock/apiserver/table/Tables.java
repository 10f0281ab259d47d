package dev.drydock.apiserver.table;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The columns of every built-in kind, and `Table` objects made with them. Kinds without columns of
/// their own show name and time of creation.
public final class Tables {

  /// What a row carries of its object: the parameter `includeObject`.
  public enum IncludeObject {
    NONE,
    METADATA,
    OBJECT;

    /// @param parameter empty: `Metadata`
    /// @throws ApiException `BadRequest` for what is none of them
    public static IncludeObject of(String parameter) {
      return switch (parameter) {
        case "", "Metadata" -> METADATA;
        case "None" -> NONE;
        case "Object" -> OBJECT;
        default ->
            throw ApiException.badRequest(
                "Unable to convert to Table as requested: "
                    + FieldError.invalid(
                        "includeObject",
                        parameter,
                        "must be 'Metadata', 'Object', 'None', or empty"));
      };
    }
  }

  /// Whether the table tells its columns; only the first of a watch does.
  public enum Header {
    PRESENT,
    ABSENT
  }

  private static final String SCALE = "Scale";

  private final Function<ResourceType, Optional<List<PrinterColumn>>> custom;
  private final List<Column> others = List.of(Column.name(), Column.createdAt());
  private final Map<String, List<Column>> columns = new HashMap<>();

  /// The columns of the built-in kinds, and of others by what is defined for them.
  ///
  /// @param custom columns beyond the name; empty: the type is not a custom one
  public Tables(Function<ResourceType, Optional<List<PrinterColumn>>> custom) {
    this.custom = custom;
    for (Map<String, List<Column>> family :
        List.of(
            PodColumns.all(),
            WorkloadColumns.all(),
            NetworkColumns.all(),
            NodeColumns.all(),
            EventColumns.all(),
            StorageColumns.all(),
            PolicyColumns.all(),
            AccessColumns.all(),
            ExtensionColumns.all())) {
      family.forEach(
          (resource, list) -> {
            if (columns.put(resource, list) != null) {
              throw new IllegalStateException("two tables for " + resource);
            }
          });
    }
  }

  /// The types that have columns of their own but are not served: empty unless a name is wrong.
  List<String> unknownTypes() {
    return columns.keySet().stream()
        .filter(
            name ->
                BuiltInTypes.get().all().stream()
                    .noneMatch(info -> info.type().qualifiedResource().equals(name)))
        .toList();
  }

  /// A table of objects.
  ///
  /// @param metadata of the list: resource version, continue token, remaining count
  /// @param now what ages count from
  public ObjectNode table(
      ResourceType type,
      Iterable<? extends JsonNode> objects,
      ObjectNode metadata,
      Header header,
      IncludeObject include,
      Instant now) {
    List<Column> shown = columns(type, objects);
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", metadata);
    switch (header) {
      case PRESENT -> shown.forEach(column -> define(table, column));
      case ABSENT -> table.putNull("columnDefinitions");
    }
    ArrayNode rows = table.putArray("rows");
    for (JsonNode object : objects) {
      ObjectNode row = rows.addObject();
      cells(row.putArray("cells"), shown, new Row(object, now));
      include(row, object, include);
    }
    return table;
  }

  /// Says that a table is of another version of `meta.k8s.io`, whose form is the same.
  public static void restate(ObjectNode table, IncludeObject include, String apiVersion) {
    table.put("apiVersion", apiVersion);
    if (include == IncludeObject.METADATA) {
      for (JsonNode row : table.path("rows")) {
        if (row.path("object") instanceof ObjectNode partial) {
          partial.put("apiVersion", apiVersion);
        }
      }
    }
  }

  /// Some sub-resources are objects of another kind, with columns of their own.
  private List<Column> columns(ResourceType type, Iterable<? extends JsonNode> objects) {
    for (JsonNode object : objects) {
      String kind = object.path("kind").stringValue("");
      return SCALE.equals(kind) && !kind.equals(type.kind())
          ? WorkloadColumns.scale()
          : columns(type);
    }
    return columns(type);
  }

  private List<Column> columns(ResourceType type) {
    List<Column> known = columns.get(type.qualifiedResource());
    return known != null ? known : custom.apply(type).map(CustomColumns::of).orElse(others);
  }

  private static void define(ObjectNode table, Column column) {
    table
        .withArrayProperty("columnDefinitions")
        .addObject()
        .put("name", column.title())
        .put("type", column.type())
        .put("format", column.format())
        .put("description", column.description())
        .put("priority", column.priority());
  }

  private static void cells(ArrayNode cells, List<Column> columns, Row row) {
    for (Column column : columns) {
      switch (column.cell().apply(row)) {
        case Long number -> cells.add(number);
        case Integer number -> cells.add(number);
        case Boolean truth -> cells.add(truth);
        case JsonNode value -> cells.add(value);
        case Object text -> cells.add(text.toString());
      }
    }
  }

  private static void include(ObjectNode row, JsonNode object, IncludeObject include) {
    switch (include) {
      case NONE -> row.putNull("object");
      case METADATA ->
          row.putObject("object")
              .put("kind", "PartialObjectMetadata")
              .put("apiVersion", "meta.k8s.io/v1")
              .set("metadata", object.path("metadata"));
      case OBJECT -> row.set("object", object);
    }
  }
}
