package dev.drydock.api.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drydock.api.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the fields of a tree become those of a message: worked out once for each type of message.
///
/// @param slots by falling number, as they are written
record MessagePlan(List<Slot> slots) {

  /// A field of the message.
  sealed interface Slot {
    int number();

    /// A message of its own whose fields stand among those of the parent in JSON.
    record Inlined(int number, MessagePlan plan) implements Slot {}

    /// @param name in JSON
    record Named(int number, String name, Shape shape) implements Slot {}
  }

  /// How a value is written.
  sealed interface Shape {
    record One(Item item) implements Shape {}

    record Several(Item item) implements Shape {}

    /// @param item of the values; the keys are text
    record Keyed(Item item) implements Shape {}
  }

  /// What a single value is.
  sealed interface Item {
    record Scalar(FieldDescriptor.Type type) implements Item {}

    /// One of the messages that JSON writes as something else: `Time`, `Quantity`, …
    record Special(String name) implements Item {}

    /// A message around a list.
    record Wrapped(Item element) implements Item {}

    /// Looked up when it is needed, for messages may contain themselves.
    record Structure(Descriptor type, Schema schema) implements Item {}
  }

  static MessagePlan of(Descriptor type, Schema schema) {
    List<Slot> slots = new ArrayList<>();
    for (FieldDescriptor field : type.getFields()) {
      @Nullable String name = MessageTree.name(field, schema);
      if (name != null) {
        Schema value = Objects.requireNonNull(schema.properties().get(name));
        slots.add(new Slot.Named(field.getNumber(), name, shape(field, value)));
      } else if (isMessage(field) && !field.isRepeated() && isInlined(field, schema)) {
        slots.add(new Slot.Inlined(field.getNumber(), of(field.getMessageType(), schema)));
      }
    }
    slots.sort(Comparator.comparingInt(Slot::number).reversed());
    return new MessagePlan(List.copyOf(slots));
  }

  /// A structure that JSON inlines has only fields that its parent has in JSON.
  private static boolean isInlined(FieldDescriptor field, Schema schema) {
    List<FieldDescriptor> inner = field.getMessageType().getFields();
    return !inner.isEmpty()
        && inner.stream().anyMatch(one -> MessageTree.name(one, schema) != null);
  }

  private static Shape shape(FieldDescriptor field, Schema schema) {
    if (field.isMapField()) {
      FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
      return new Shape.Keyed(item(value, schema.items().orElse(schema)));
    }
    return field.isRepeated()
        ? new Shape.Several(item(field, schema.items().orElse(schema)))
        : new Shape.One(item(field, schema));
  }

  private static Item item(FieldDescriptor field, Schema schema) {
    if (!isMessage(field)) {
      return new Item.Scalar(field.getType());
    }
    Descriptor type = field.getMessageType();
    return switch (type.getName()) {
      case "Time",
          "MicroTime",
          "Quantity",
          "IntOrString",
          "FieldsV1",
          "RawExtension",
          "JSON",
          "JSONSchemaPropsOrArray",
          "JSONSchemaPropsOrBool",
          "JSONSchemaPropsOrStringArray" ->
          new Item.Special(type.getName());
      default ->
          schema.type() == Schema.Type.ARRAY
              ? new Item.Wrapped(item(type.findFieldByNumber(1), schema.items().orElse(schema)))
              : new Item.Structure(type, schema);
    };
  }

  private static boolean isMessage(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
  }
}
