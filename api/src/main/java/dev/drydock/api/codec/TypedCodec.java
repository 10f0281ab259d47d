package dev.drydock.api.codec;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON ⇄ the classes of fabric8's model. Absent and empty fields are left out as the model's own
/// annotations say; unknown fields are kept, `metadata.managedFields` is not: it is the
/// api-server's business.
public final class TypedCodec {

  /// The bytes are not an object of that class.
  public static final class UnreadableObjectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnreadableObjectException(Class<?> type, JacksonException cause) {
      super("not a readable " + type.getSimpleName() + ": " + cause.getOriginalMessage(), cause);
    }
  }

  private TypedCodec() {}

  /// @throws UnreadableObjectException if the bytes are something else
  public static <T> T read(byte[] json, Class<T> type) {
    return read(json, 0, json.length, type);
  }

  /// @throws UnreadableObjectException if the bytes are something else
  public static <T> T read(byte[] json, int offset, int length, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, offset, length, type);
    } catch (JacksonException e) {
      throw new UnreadableObjectException(type, e);
    }
  }

  /// @throws UnreadableObjectException if the tree is something else
  public static <T> T read(JsonNode tree, Class<T> type) {
    try {
      return Json.MAPPER.treeToValue(tree, type);
    } catch (JacksonException e) {
      throw new UnreadableObjectException(type, e);
    }
  }

  public static byte[] write(Object object) {
    return Json.MAPPER.writeValueAsBytes(object);
  }

  /// The tree that [#write] would write.
  public static ObjectNode tree(Object object) {
    return Json.MAPPER.valueToTree(object);
  }
}
