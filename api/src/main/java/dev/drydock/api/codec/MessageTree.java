package dev.drydock.api.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.time.KubernetesTime;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Turns protobuf messages into trees by the schema of what they stand for: a message whose field
/// the schema does not know is a Go structure that JSON inlines; a message where the schema has a
/// list is a wrapper.
final class MessageTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// Go writes zeros of fields that are no pointers; JSON leaves them out. These are such fields
  /// (for text, every field is, but for the ones below).
  private static final Set<String> NO_POINTERS =
      Set.of(
          """
          hostNetwork hostPID hostIPC stdin stdinOnce tty paused readOnly unschedulable \
          publishNotReadyAddresses minReadySeconds nodePort hostPort generation \
          initialDelaySeconds periodSeconds successThreshold failureThreshold \
          observedGeneration count targetPort limit remainingItemCount \
          healthCheckNodePort globalDefault deprecated nullable uniqueItems signal \
          exclusiveMaximum exclusiveMinimum preserveUnknownFields\
          """
              .split(" ", -1));

  private static final Set<String> TEXT_POINTERS = Set.of("storageClassName", "ingressClassName");

  private final Schemas schemas;

  MessageTree(Schemas schemas) {
    this.schemas = schemas;
  }

  /// A field by name; its default when it is absent.
  static Object field(Message message, String name) {
    FieldDescriptor field =
        Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name), name);
    return message.getField(field);
  }

  /// Adds the fields of a message to a tree.
  void fill(ObjectNode target, Message message, Schema schema) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      @Nullable String name = name(field, schema);
      if (name != null) {
        Schema type = Objects.requireNonNull(schema.properties().get(name));
        JsonNode value = value(field, entry.getValue(), type);
        if (!isLeftOut(name, value, schema, type)) {
          target.set(name, value);
        }
      } else if (entry.getValue() instanceof Message inlined) {
        fill(target, inlined, schema);
      }
    }
  }

  /// What JSON calls the field; null: nothing of that name is known.
  static @Nullable String name(FieldDescriptor field, Schema schema) {
    String name = field.getName();
    Set<String> known = schema.properties().keySet();
    if (known.contains(name)) {
      return name;
    }
    if (known.contains("$" + name)) {
      return "$" + name;
    }
    String dashed =
        name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT); // xKubernetesEmbeddedResource
    for (String candidate : known) {
      if (candidate.equalsIgnoreCase(name) || candidate.equals(dashed)) {
        return candidate;
      }
    }
    return null;
  }

  private static boolean isLeftOut(String name, JsonNode value, Schema parent, Schema type) {
    if (value.isNull()) {
      return true;
    }
    return switch (type.type()) {
      case STRING ->
          value.stringValue().isEmpty()
              && !TEXT_POINTERS.contains(name)
              && !parent.required().contains(name);
      case BOOLEAN -> !value.booleanValue() && isNoPointer(name, parent);
      case INTEGER, INT_OR_STRING ->
          value.isNumber() && value.longValue() == 0 && isNoPointer(name, parent);
      case OBJECT, MAP, ARRAY, NUMBER, QUANTITY, ANY -> false;
    };
  }

  private static boolean isNoPointer(String name, Schema parent) {
    String definition = parent.definition().orElse("");
    return !parent.required().contains(name)
        && (NO_POINTERS.contains(name)
            || definition.endsWith("Status")
            || (definition.endsWith(".Probe") && name.equals("timeoutSeconds")));
  }

  private JsonNode value(FieldDescriptor field, Object value, Schema schema) {
    if (field.isMapField()) {
      return map((List<?>) value, schema.items().orElseThrow());
    }
    if (field.isRepeated()) {
      ArrayNode array = NODES.arrayNode();
      Schema items = schema.items().orElse(schema);
      ((List<?>) value).forEach(element -> array.add(single(element, items)));
      return array;
    }
    return single(value, schema);
  }

  private ObjectNode map(List<?> entries, Schema items) {
    ObjectNode map = NODES.objectNode();
    for (Object one : entries) {
      var entry = (Message) Objects.requireNonNull(one);
      map.set(String.valueOf(field(entry, "key")), single(field(entry, "value"), items));
    }
    return map;
  }

  private JsonNode single(Object value, Schema schema) {
    return switch (value) {
      case Message message -> message(message, schema);
      case String text -> NODES.stringNode(text);
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number ->
          number == number.intValue()
              ? NODES.numberNode(number.intValue())
              : NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case ByteString bytes ->
          NODES.stringNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
      default -> throw new IllegalArgumentException("unexpected " + value.getClass());
    };
  }

  private JsonNode message(Message message, Schema schema) {
    String name = message.getDescriptorForType().getName();
    return switch (schema.type()) {
      case STRING -> time(message, name);
      case QUANTITY -> NODES.stringNode((String) field(message, "string"));
      case INT_OR_STRING ->
          (Long) field(message, "type") == 0
              ? NODES.numberNode((Integer) field(message, "intVal"))
              : NODES.stringNode((String) field(message, "strVal"));
      case ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        ((List<?>) field(message, "items"))
            .forEach(item -> array.add(single(item, schema.items().orElseThrow())));
        yield array;
      }
      case ANY -> freeForm(message, name);
      case OBJECT, MAP, INTEGER, NUMBER, BOOLEAN -> {
        ObjectNode object = NODES.objectNode();
        fill(object, message, schema);
        yield object;
      }
    };
  }

  private static JsonNode time(Message message, String name) {
    long seconds = (Long) field(message, "seconds");
    int nanos = (Integer) field(message, "nanos");
    if (seconds == 0 && nanos == 0) {
      return NODES.nullNode();
    }
    Instant time = Instant.ofEpochSecond(seconds, nanos);
    return NODES.stringNode(
        name.equals("MicroTime") ? KubernetesTime.micros(time) : KubernetesTime.seconds(time));
  }

  private JsonNode freeForm(Message message, String name) {
    return switch (name) {
      case "FieldsV1" -> raw((ByteString) field(message, "Raw"));
      case "RawExtension", "JSON" -> raw((ByteString) field(message, "raw"));
      case "JSONSchemaPropsOrArray" -> {
        List<?> several = (List<?>) field(message, "jSONSchemas");
        if (several.isEmpty()) {
          yield schemaProps(field(message, "schema"));
        }
        ArrayNode array = NODES.arrayNode();
        several.forEach(one -> array.add(schemaProps(one)));
        yield array;
      }
      case "JSONSchemaPropsOrBool" ->
          has(message, "schema")
              ? schemaProps(field(message, "schema"))
              : NODES.booleanNode((Boolean) field(message, "allows"));
      case "JSONSchemaPropsOrStringArray" -> {
        if (has(message, "schema")) {
          yield schemaProps(field(message, "schema"));
        }
        ArrayNode array = NODES.arrayNode();
        ((List<?>) field(message, "property")).forEach(one -> array.add((String) one));
        yield array;
      }
      case "CustomResourceSubresourceStatus" -> NODES.objectNode();
      default -> throw new IllegalArgumentException("unexpected message " + name);
    };
  }

  private JsonNode schemaProps(Object message) {
    var props = (Message) message;
    ObjectNode object = NODES.objectNode();
    fill(object, props, schemas.definition(ProtobufCodec.definition(props.getDescriptorForType())));
    return object;
  }

  private static boolean has(Message message, String name) {
    return message.hasField(
        Objects.requireNonNull(message.getDescriptorForType().findFieldByName(name)));
  }

  private static JsonNode raw(ByteString bytes) {
    return bytes.isEmpty() ? NODES.nullNode() : TreeCodec.readValue(bytes.toByteArray());
  }
}
