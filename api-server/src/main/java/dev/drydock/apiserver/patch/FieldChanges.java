package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Which fields a write touched.
///
/// @param taken fields that came or got another value
/// @param removed fields that are gone, with all below them
record FieldChanges(FieldSet taken, FieldSet removed) {

  /// Compares two states of an object; costs one walk and allocates only for what differs. Leaves
  /// out what nobody owns: identity and what the server alone writes.
  static FieldChanges between(@Nullable ObjectNode before, ObjectNode after, Schema schema) {
    var taken = new FieldSet.Builder();
    var removed = new FieldSet.Builder();
    ObjectNode old = before == null ? JsonNodeFactory.instance.objectNode() : before;
    new Walk(taken, removed).objects(old, after, schema, new Place(null, ""));
    return new FieldChanges(Unowned.without(taken.build()), Unowned.without(removed.build()));
  }

  boolean isEmpty() {
    return taken.isEmpty() && removed.isEmpty();
  }

  /// All fields of a new value, as the one who brings it owns them.
  static void own(JsonNode value, @Nullable Schema schema, FieldSet.Builder into) {
    FieldShape shape = FieldShape.of(value, schema);
    if (shape == FieldShape.LEAF || value.isEmpty()) {
      into.own();
      return;
    }
    if (shape == FieldShape.GRANULAR) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        ownField(entry.getKey(), entry.getValue(), schema, into);
      }
      return;
    }
    @Nullable Schema element = FieldShape.element(schema);
    shape.parts(value, schema).forEach((name, part) -> own(part, element, into.child(name).own()));
  }

  private static void ownField(
      String name, JsonNode value, @Nullable Schema parent, FieldSet.Builder into) {
    @Nullable Schema schema = FieldShape.field(parent, name);
    FieldSet.Builder place = into.child("f:" + name);
    if (FieldShape.of(value, schema) != FieldShape.LEAF
        && FieldShape.ownsExistence(name, value, parent, schema)) {
      place.own();
    }
    own(value, schema, place);
  }

  /// Where the walk is; its sets are made when something differs there.
  private record Place(@Nullable Place parent, String element) {
    FieldSet.Builder in(FieldSet.Builder root) {
      return parent == null ? root : parent.in(root).child(element);
    }
  }

  private record Walk(FieldSet.Builder taken, FieldSet.Builder removed) {
    @SuppressWarnings("ReferenceEquality") // shared subtrees need no second look
    void objects(JsonNode before, JsonNode after, @Nullable Schema schema, Place place) {
      for (Map.Entry<String, JsonNode> entry : after.properties()) {
        String name = entry.getKey();
        JsonNode now = entry.getValue();
        @Nullable JsonNode then = before.get(name);
        if (then == null) {
          ownField(name, now, schema, place.in(taken));
        } else if (now != then) {
          values(then, now, FieldShape.field(schema, name), place, "f:", name);
        }
      }
      for (Map.Entry<String, JsonNode> entry : before.properties()) {
        if (!after.has(entry.getKey())) {
          place.in(removed).child("f:" + entry.getKey()).own();
        }
      }
    }

    private void values(
        JsonNode then,
        JsonNode now,
        @Nullable Schema schema,
        Place parent,
        String prefix,
        String name) {
      FieldShape shape = FieldShape.of(now, schema);
      FieldShape before = FieldShape.of(then, schema);
      if (now.isNull() && before != FieldShape.LEAF) {
        empty(before, then, schema, new Place(parent, prefix + name));
      } else if (shape == FieldShape.LEAF || shape != before) {
        if (!Trees.same(then, now)) {
          FieldSet.Builder place = parent.in(taken).child(prefix + name);
          own(now, schema, place);
        }
      } else if (shape == FieldShape.GRANULAR) {
        objects(then, now, schema, new Place(parent, prefix + name));
      } else if (!Trees.same(then, now)) {
        lists(
            shape.parts(then, schema),
            shape.parts(now, schema),
            schema,
            new Place(parent, prefix + name));
      }
    }

    /// Null has the parts of an empty container: whoever owns the container keeps it.
    private void empty(FieldShape shape, JsonNode then, @Nullable Schema schema, Place place) {
      if (shape == FieldShape.GRANULAR) {
        objects(then, JsonNodeFactory.instance.objectNode(), schema, place);
      } else {
        lists(shape.parts(then, schema), Map.of(), schema, place);
      }
    }

    private void lists(
        Map<String, JsonNode> then,
        Map<String, JsonNode> now,
        @Nullable Schema schema,
        Place place) {
      @Nullable Schema element = FieldShape.element(schema);
      now.forEach(
          (name, value) -> {
            @Nullable JsonNode old = then.get(name);
            if (old == null) {
              own(value, element, place.in(taken).child(name).own());
            } else {
              values(old, value, element, place, "", name);
            }
          });
      for (String name : then.keySet()) {
        if (!now.containsKey(name)) {
          place.in(removed).child(name).own();
        }
      }
    }
  }
}
