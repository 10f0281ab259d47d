package dev.drydock.apiserver.fuzz;

import dev.drydock.api.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One way to spoil an object.
///
/// @param where which of the object's values, counted in its order, round and round
/// @param what which of the strange values
record Mutation(Way way, int where, int what) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  enum Way {
    DROP,
    RETYPE,
    WRAP,
    ADD_KNOWN_FIELD,
    RENAME,
    REPEAT_ELEMENT,
    EXCHANGE
  }

  /// A value, where it stands, and what the schema says of it.
  private record Place(JsonNode parent, String name, int index, @Nullable Schema schema) {
    JsonNode value() {
      return parent instanceof ArrayNode ? parent.path(index) : parent.path(name);
    }

    void set(JsonNode value) {
      switch (parent) {
        case ArrayNode array -> array.set(index, value);
        case ObjectNode object -> object.set(name, value);
        case JsonNode _ -> {}
      }
    }

    void drop() {
      switch (parent) {
        case ArrayNode array -> array.remove(index);
        case ObjectNode object -> object.remove(name);
        case JsonNode _ -> {}
      }
    }
  }

  /// @param object changed in place
  void spoil(ObjectNode object, @Nullable Schema schema) {
    List<Place> places = new ArrayList<>();
    collect(object, schema, places);
    if (places.isEmpty()) {
      return;
    }
    Place place = places.get(where % places.size());
    switch (way) {
      case DROP -> place.drop();
      case RETYPE -> place.set(Strange.value(what));
      case WRAP -> place.set(wrapped(place.value(), what));
      case ADD_KNOWN_FIELD -> addKnownField(place);
      case RENAME -> {
        if (place.parent() instanceof ObjectNode parent) {
          JsonNode value = place.value();
          place.drop();
          parent.set(Strange.name(what), value);
        }
      }
      case REPEAT_ELEMENT -> {
        if (place.parent() instanceof ArrayNode list) {
          list.add(place.value().deepCopy());
        }
      }
      case EXCHANGE -> {
        Place other = places.get((where + what) % places.size());
        JsonNode mine = place.value().deepCopy();
        place.set(other.value().deepCopy());
        other.set(mine);
      }
    }
  }

  private static void collect(JsonNode node, @Nullable Schema schema, List<Place> into) {
    if (node instanceof ArrayNode list) {
      @Nullable Schema element = schema == null ? null : schema.items().orElse(null);
      for (int i = 0; i < list.size(); i++) {
        into.add(new Place(list, "", i, element));
        collect(list.get(i), element, into);
      }
    }
    for (var field : node.properties()) {
      @Nullable Schema of =
          schema == null
              ? null
              : schema.properties().getOrDefault(field.getKey(), schema.items().orElse(null));
      into.add(new Place(node, field.getKey(), -1, of));
      collect(field.getValue(), of, into);
    }
  }

  private static JsonNode wrapped(JsonNode value, int depth) {
    JsonNode inner = value;
    for (int i = 0; i <= depth % 3; i++) {
      inner = depth % 2 == 0 ? NODES.arrayNode().add(inner) : NODES.objectNode().set("name", inner);
    }
    return inner;
  }

  /// A field that the schema has and the object has not, with a fitting value or a strange one.
  private void addKnownField(Place place) {
    @Nullable Schema schema = place.schema();
    if (schema == null || !(place.value() instanceof ObjectNode object)) {
      return;
    }
    List<String> names = List.copyOf(schema.properties().keySet());
    if (!names.isEmpty()) {
      String name = names.get(what % names.size());
      @Nullable Schema field = schema.properties().get(name);
      object.set(name, field == null ? Strange.value(what) : Strange.fitting(field, what, 4));
    }
  }
}
