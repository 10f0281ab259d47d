package dev.drydock.api.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.drydock.api.codec.MessagePlan.Item;
import dev.drydock.api.codec.MessagePlan.Shape;
import dev.drydock.api.codec.MessagePlan.Slot;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.time.KubernetesTime;
import io.kubernetes.client.proto.V1Apiextensions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/// Turns trees into protobuf messages: the way back of [MessageTree]. What a message has no field
/// for is left out.
final class TreeMessage {
  private final Schemas schemas;
  private final Map<String, MessagePlan> plans = new ConcurrentHashMap<>();

  TreeMessage(Schemas schemas) {
    this.schemas = schemas;
  }

  /// Puts the fields of a message in front of what is written.
  void write(JsonNode tree, Descriptor type, Schema schema, BackwardBytes out) {
    write(tree, plan(type, schema), out);
  }

  private MessagePlan plan(Descriptor type, Schema schema) {
    MessagePlan known = plans.get(type.getFullName());
    if (known == null) {
      known = MessagePlan.of(type, schema); // twice at worst, to the same
      plans.put(type.getFullName(), known);
    }
    return known;
  }

  private void write(JsonNode tree, MessagePlan plan, BackwardBytes out) {
    for (Slot slot : plan.slots()) {
      switch (slot) {
        case Slot.Named(int number, String name, Shape shape) -> {
          JsonNode value = tree.get(name);
          if (value != null && !value.isNull()) {
            shaped(number, shape, value, out);
          }
        }
        case Slot.Inlined(int number, MessagePlan inner) -> {
          int before = out.size();
          write(tree, inner, out);
          if (out.size() > before) {
            out.delimit(number, before);
          }
        }
      }
    }
  }

  private void shaped(int number, Shape shape, JsonNode value, BackwardBytes out) {
    switch (shape) {
      case Shape.One(Item item) -> single(number, item, value, out);
      case Shape.Several(Item item) -> several(number, item, value, out);
      case Shape.Keyed(Item item) -> {
        List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(value.properties());
        for (Map.Entry<String, JsonNode> entry : entries.reversed()) {
          int before = out.size();
          single(2, item, entry.getValue(), out);
          out.text(1, entry.getKey());
          out.delimit(number, before);
        }
      }
    }
  }

  private void several(int number, Item item, JsonNode values, BackwardBytes out) {
    for (int i = values.size() - 1; i >= 0; i--) {
      single(number, item, values.get(i), out);
    }
  }

  private void single(int number, Item item, JsonNode value, BackwardBytes out) {
    switch (item) {
      case Item.Scalar(FieldDescriptor.Type type) -> scalar(number, type, value, out);
      case Item.Special(String name) -> {
        int before = out.size();
        special(name, value, out);
        out.delimit(number, before);
      }
      case Item.Wrapped(Item element) -> {
        int before = out.size();
        several(1, element, value, out);
        out.delimit(number, before);
      }
      case Item.Structure(Descriptor type, Schema schema) -> {
        int before = out.size();
        write(value, plan(type, schema), out);
        out.delimit(number, before);
      }
    }
  }

  private static void scalar(
      int number, FieldDescriptor.Type type, JsonNode value, BackwardBytes out) {
    switch (type) {
      case STRING -> out.text(number, value.asString(""));
      case BYTES -> {
        int before = out.size();
        out.raw(bytes(value.asString("")));
        out.delimit(number, before);
      }
      case BOOL -> {
        out.varint(value.asBoolean(false) ? 1 : 0);
        out.tag(number, BackwardBytes.VARINT);
      }
      case DOUBLE -> {
        out.fixed(Double.doubleToRawLongBits(value.asDouble(0)), Double.BYTES);
        out.tag(number, BackwardBytes.FIXED64);
      }
      case FLOAT -> {
        out.fixed(Float.floatToRawIntBits((float) value.asDouble(0)), Float.BYTES);
        out.tag(number, BackwardBytes.FIXED32);
      }
      case INT32, INT64, UINT32, UINT64 -> {
        out.varint(value.asLong(0));
        out.tag(number, BackwardBytes.VARINT);
      }
      case FIXED32, FIXED64, SFIXED32, SFIXED64, SINT32, SINT64, ENUM, GROUP, MESSAGE ->
          throw new IllegalStateException("no Kubernetes type has a field of type " + type);
    }
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private void special(String name, JsonNode value, BackwardBytes out) {
    switch (name) {
      case "Time", "MicroTime" -> time(value.asString(""), out);
      case "Quantity" -> out.text(1, value.asString("0"));
      case "IntOrString" -> intOrString(value, out);
      case "JSONSchemaPropsOrArray" -> {
        if (value.isArray()) {
          for (int i = value.size() - 1; i >= 0; i--) {
            schemaProps(2, value.get(i), out);
          }
        } else {
          schemaProps(1, value, out);
        }
      }
      case "JSONSchemaPropsOrBool" -> {
        if (value.isObject()) {
          schemaProps(2, value, out);
        }
        out.varint(value.isObject() || value.asBoolean(false) ? 1 : 0);
        out.tag(1, BackwardBytes.VARINT);
      }
      case "JSONSchemaPropsOrStringArray" -> {
        if (value.isArray()) {
          several(2, new Item.Scalar(FieldDescriptor.Type.STRING), value, out);
        } else {
          schemaProps(1, value, out);
        }
      }
      default -> {
        int before = out.size();
        out.raw(TreeCodec.write(value));
        out.delimit(1, before);
      }
    }
  }

  private void schemaProps(int number, JsonNode value, BackwardBytes out) {
    Descriptor type = V1Apiextensions.JSONSchemaProps.getDescriptor();
    int before = out.size();
    write(value, type, schemas.definition(ProtobufCodec.definition(type)), out);
    out.delimit(number, before);
  }

  private static void time(String text, BackwardBytes out) {
    Instant time = KubernetesTime.parseOrEpoch(text);
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    if (nanos != 0) {
      out.varint(nanos);
      out.tag(2, BackwardBytes.VARINT);
    }
    out.varint(seconds);
    out.tag(1, BackwardBytes.VARINT);
  }

  /// A number has type 0, a text type 1.
  private static void intOrString(JsonNode value, BackwardBytes out) {
    out.text(3, value.isString() ? value.stringValue() : "");
    out.varint(value.isNumber() ? value.intValue() : 0);
    out.tag(2, BackwardBytes.VARINT);
    out.varint(value.isNumber() ? 0 : 1);
    out.tag(1, BackwardBytes.VARINT);
  }
}
