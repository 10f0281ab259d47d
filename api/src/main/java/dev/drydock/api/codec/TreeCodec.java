package dev.drydock.api.codec;

import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON bytes ⇄ tree.
public final class TreeCodec {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> LEADING = List.of("apiVersion", "kind", "metadata");

  /// A tree and what was wrong with its bytes but did not keep them from being read.
  ///
  /// @param duplicates paths of fields that came twice (the last one counts): `spec.replicas`
  public record Decoded(ObjectNode tree, List<String> duplicates) {
    public Decoded {
      duplicates = List.copyOf(duplicates);
    }
  }

  /// The same of any JSON value.
  public record DecodedValue(JsonNode value, List<String> duplicates) {
    public DecodedValue {
      duplicates = List.copyOf(duplicates);
    }
  }

  private TreeCodec() {}

  /// @throws ApiException `BadRequest` if the bytes are not one JSON object
  public static ObjectNode read(byte[] json) {
    return decode(json, 0, json.length).tree();
  }

  /// @throws ApiException `BadRequest` if the bytes are not one JSON object
  public static Decoded decode(byte[] json, int offset, int length) {
    DecodedValue read;
    try {
      read = read(json, offset, length);
    } catch (MalformedException e) {
      throw notAnObject(e.problem);
    }
    if (read.value() instanceof ObjectNode tree) {
      return new Decoded(tree, read.duplicates());
    }
    if (read.value().isNull()) {
      throw ApiException.badRequest("Object 'Kind' is missing in 'null'");
    }
    throw notAnObject(
        "json: cannot unmarshal "
            + GoNames.of(read.value().getNodeType())
            + " into Go value of type struct { APIVersion string"
            + " \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
            + " \"json:\\\"kind,omitempty\\\"\" }");
  }

  /// Like [#decode], of an object that may say what it is: `apiVersion` and `kind` are texts.
  ///
  /// @throws ApiException `BadRequest` if the bytes are no such object
  public static Decoded decodeNamed(byte[] json) {
    Decoded decoded = decode(json, 0, json.length);
    checkText(decoded.tree(), "apiVersion");
    checkText(decoded.tree(), "kind");
    return decoded;
  }

  private static void checkText(ObjectNode tree, String field) {
    JsonNode value = tree.path(field);
    if (!value.isString() && !value.isNull() && !value.isMissingNode()) {
      throw notAnObject(
          "json: cannot unmarshal "
              + GoNames.of(value.getNodeType())
              + " into Go struct field ."
              + field
              + " of type string");
    }
  }

  private static ApiException notAnObject(String problem) {
    return ApiException.badRequest("couldn't get version/kind; json parse error: " + problem);
  }

  /// Any JSON value, such as the document of a JSON patch.
  ///
  /// @throws ApiException `BadRequest` if the bytes are not one JSON value
  public static JsonNode readValue(byte[] json) {
    return decodeValue(json).value();
  }

  /// Like [#readValue], with what came twice.
  ///
  /// @throws ApiException `BadRequest` if the bytes are not one JSON value
  public static DecodedValue decodeValue(byte[] json) {
    try {
      return read(json, 0, json.length);
    } catch (MalformedException e) {
      throw ApiException.badRequest(e.problem);
    }
  }

  public static byte[] write(JsonNode tree) {
    return Json.MAPPER.writeValueAsBytes(tree);
  }

  /// The object with `apiVersion`, `kind` and `metadata` in front; the same one if they are there
  /// already.
  public static ObjectNode canonical(ObjectNode tree) {
    int expected = 0;
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      int place = LEADING.indexOf(field.getKey());
      if ((place >= 0 && place < expected) || (place < 0 && missesLeading(tree, expected))) {
        return reordered(tree);
      }
      expected = Math.max(expected, place + 1);
    }
    return tree;
  }

  private static boolean missesLeading(ObjectNode tree, int from) {
    for (int i = from; i < LEADING.size(); i++) {
      if (tree.has(LEADING.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode reordered(ObjectNode tree) {
    ObjectNode ordered = NODES.objectNode();
    for (String name : LEADING) {
      JsonNode value = tree.get(name);
      if (value != null) {
        ordered.set(name, value);
      }
    }
    tree.properties().forEach(field -> ordered.set(field.getKey(), field.getValue()));
    return ordered;
  }

  /// What is wrong with bytes that are no JSON, in the words of Go's decoder.
  private static final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    MalformedException(String problem) {
      super(problem);
      this.problem = problem;
    }
  }

  private static DecodedValue read(byte[] json, int offset, int length) {
    try (JsonParser parser = Json.MAPPER.createParser(json, offset, length)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new MalformedException("unexpected end of JSON input");
      }
      var builder = new Builder(parser);
      JsonNode value = builder.value(first);
      if (parser.nextToken() != null) {
        int at = (int) parser.currentTokenLocation().getByteOffset();
        char character = (char) (json[offset + at] & 0xff);
        throw new MalformedException("invalid character '" + character + "' after top-level value");
      }
      return new DecodedValue(value, builder.duplicates());
    } catch (UnexpectedEndOfInputException e) {
      throw new MalformedException("unexpected end of JSON input");
    } catch (JacksonException e) {
      int at = e.getLocation() == null ? -1 : (int) e.getLocation().getByteOffset();
      throw new MalformedException(
          at >= 0 && at < length
              ? "invalid character '"
                  + (char) (json[offset + at] & 0xff)
                  + "' looking for beginning of value"
              : e.getOriginalMessage());
    }
  }

  /// Builds the tree token by token, so that a field that comes twice is seen.
  private record Builder(JsonParser parser, List<String> path, List<String> duplicates) {
    Builder(JsonParser parser) {
      this(parser, new ArrayList<>(), new ArrayList<>());
    }

    JsonNode value(JsonToken token) {
      return switch (token) {
        case START_OBJECT -> object();
        case START_ARRAY -> array();
        case VALUE_STRING -> NODES.stringNode(parser.getString());
        case VALUE_TRUE -> NODES.booleanNode(true);
        case VALUE_FALSE -> NODES.booleanNode(false);
        case VALUE_NULL -> NODES.nullNode();
        case VALUE_NUMBER_INT ->
            switch (parser.getNumberType()) {
              case INT -> NODES.numberNode(parser.getIntValue());
              case LONG -> NODES.numberNode(parser.getLongValue());
              case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL ->
                  NODES.numberNode(parser.getBigIntegerValue());
            };
        case VALUE_NUMBER_FLOAT -> fraction();
        case END_ARRAY, END_OBJECT, NOT_AVAILABLE, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
            throw new MalformedException("unexpected " + token);
      };
    }

    private JsonNode fraction() {
      double value = parser.getDoubleValue();
      if (Double.isInfinite(value)) {
        throw new MalformedException(
            "json: cannot unmarshal number "
                + parser.getString()
                + " into Go value of type float64");
      }
      return NODES.numberNode(value);
    }

    private ObjectNode object() {
      ObjectNode object = NODES.objectNode();
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        path.add(path.isEmpty() ? name : "." + name);
        if (object.replace(name, value(parser.nextToken())) != null) {
          duplicates.add(String.join("", path));
        }
        path.removeLast();
      }
      return object;
    }

    private ArrayNode array() {
      ArrayNode array = NODES.arrayNode();
      int index = 0;
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        path.add("[" + index++ + "]");
        array.add(value(token));
        path.removeLast();
      }
      return array;
    }
  }
}
