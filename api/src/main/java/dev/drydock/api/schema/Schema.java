package dev.drydock.api.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The shape of a value in an API object: what validation, pruning, defaulting, patching, apply and
/// OpenAPI work from. The same form serves built-in kinds and custom resources.
///
/// Schemas may be recursive: [#properties()] of a definition may lead back to it.
public interface Schema {

  /// What kind of JSON value stands here.
  enum Type {
    OBJECT,
    MAP,
    ARRAY,
    STRING,
    INTEGER,
    NUMBER,
    BOOLEAN,
    INT_OR_STRING,
    QUANTITY,
    ANY
  }

  /// How server-side apply and strategic merge treat a list.
  enum ListType {
    ATOMIC,
    SET,
    MAP
  }

  /// How server-side apply treats an object or a map.
  enum MapType {
    GRANULAR,
    ATOMIC
  }

  Type type();

  /// Name of the definition in OpenAPI (`io.k8s.api.core.v1.Pod`), for named types.
  Optional<String> definition();

  /// Fields of an OBJECT, by name, in declaration order.
  Map<String, Schema> properties();

  Set<String> required();

  /// Schema of the elements of an ARRAY, or of the values of a MAP.
  Optional<Schema> items();

  Facts facts();

  /// For people, as `kubectl explain` shows it; of a field: what the field means. May be empty.
  String description();

  /// What the position of a value adds to its type.
  ///
  /// @param listMapKeys keys of a [ListType#MAP] list
  /// @param patchMergeKey key by which strategic merge matches elements; empty: none
  /// @param patchStrategies `merge`, `replace`, `retainKeys`
  /// @param format `date-time`, `int32`, `int64`, `byte`, `micro-time`, or empty
  /// @param defaultValue value of an absent field
  record Facts(
      String format,
      ListType listType,
      List<String> listMapKeys,
      MapType mapType,
      Set<String> patchStrategies,
      String patchMergeKey,
      Optional<JsonNode> defaultValue,
      List<String> enumValues) {
    /// Nothing special: an atomic list, a granular map, no default.
    public static final Facts NONE =
        new Facts(
            "",
            ListType.ATOMIC,
            List.of(),
            MapType.GRANULAR,
            Set.of(),
            "",
            Optional.empty(),
            List.of());
  }
}
