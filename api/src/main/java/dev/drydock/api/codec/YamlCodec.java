package dev.drydock.api.codec;

import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// YAML ⇄ tree, with the plain scalars of YAML 1.1 as Kubernetes' tools read them (`yes` is true,
/// `0777` is octal, dates are text).
public final class YamlCodec {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_ALIASES = 100;

  /// How many times its own size a document may become through aliases.
  private static final int MAX_GROWTH = 10;

  private static final int FREE_NODES = 10_000;

  private final List<String> duplicates = new ArrayList<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private long nodesLeft;

  private YamlCodec(String yaml) {
    nodesLeft = FREE_NODES + (long) MAX_GROWTH * yaml.length();
  }

  /// One document that is an object; what came twice is named by its line.
  ///
  /// @throws ApiException `BadRequest` if it is something else
  public static TreeCodec.Decoded decode(String yaml) {
    var codec = new YamlCodec(yaml);
    List<JsonNode> documents = codec.documents(yaml);
    if (documents.size() == 1 && documents.getFirst() instanceof ObjectNode object) {
      return new TreeCodec.Decoded(object, codec.duplicates);
    }
    throw ApiException.badRequest(
        "error converting YAML to JSON: expected one object, found "
            + documents.size()
            + " documents");
  }

  /// The first document that is not empty, whatever it is; null where there is none. What came
  /// twice is named by its line.
  ///
  /// @throws ApiException `BadRequest` if it is not YAML
  public static TreeCodec.DecodedValue decodeValue(String yaml) {
    var codec = new YamlCodec(yaml);
    List<JsonNode> documents = codec.documents(yaml);
    JsonNode first = documents.isEmpty() ? NODES.nullNode() : documents.getFirst();
    return new TreeCodec.DecodedValue(first, codec.duplicates);
  }

  /// All documents of a stream that are not empty.
  ///
  /// @throws ApiException `BadRequest` if it is not YAML
  public static List<JsonNode> readAll(String yaml) {
    return new YamlCodec(yaml).documents(yaml);
  }

  /// In block style, fields in their order.
  public static String write(JsonNode tree) {
    return YamlText.of(tree);
  }

  private List<JsonNode> documents(String yaml) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new FailsafeSchema())
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      var documents = new ArrayList<JsonNode>();
      for (Node node : new Compose(settings).composeAllFromString(yaml)) {
        JsonNode document = convert(node);
        if (!document.isNull()) {
          documents.add(document);
        }
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw ApiException.badRequest(
          "error converting YAML to JSON: yaml: line " + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw ApiException.badRequest("error converting YAML to JSON: yaml: " + e.getMessage());
    }
  }

  /// Aliases are replaced by what they stand for; so little text can stand for very much.
  private JsonNode convert(Node node) {
    if (--nodesLeft < 0) {
      throw ApiException.badRequest(
          "error converting YAML to JSON: yaml: document contains excessive aliasing");
    }
    if (node instanceof ScalarNode) {
      return convertOpened(node);
    }
    if (!open.add(node)) {
      String anchor = node.getAnchor().map(Anchor::getValue).orElse("");
      throw ApiException.badRequest(
          "error converting YAML to JSON: yaml: anchor '" + anchor + "' value contains itself");
    }
    JsonNode converted = convertOpened(node);
    open.remove(node);
    return converted;
  }

  private JsonNode convertOpened(Node node) {
    return switch (node) {
      case ScalarNode scalar ->
          scalar.getScalarStyle() == ScalarStyle.PLAIN
              ? YamlScalars.resolve(scalar.getValue(), scalar.getTag().getValue())
              : NODES.stringNode(scalar.getValue());
      case SequenceNode sequence -> {
        ArrayNode array = NODES.arrayNode();
        sequence.getValue().forEach(element -> array.add(convert(element)));
        yield array;
      }
      case MappingNode mapping -> mapping(mapping);
      default -> throw ApiException.badRequest("error converting YAML to JSON: " + node.getTag());
    };
  }

  private ObjectNode mapping(MappingNode mapping) {
    ObjectNode object = NODES.objectNode();
    ObjectNode merged = NODES.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple.getKeyNode());
      JsonNode value = convert(tuple.getValueNode());
      if (key.equals("<<")) {
        merge(merged, value);
      } else if (object.replace(key, value) != null) {
        int line = tuple.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        duplicates.add("line " + line + ": key \"" + key + "\" already set in map");
      }
    }
    merged
        .properties()
        .forEach(
            entry -> {
              if (!object.has(entry.getKey())) {
                object.set(entry.getKey(), entry.getValue());
              }
            });
    return object;
  }

  private static void merge(ObjectNode merged, JsonNode value) {
    if (value instanceof ArrayNode several) {
      several.forEach(one -> merge(merged, one));
    } else {
      value
          .properties()
          .forEach(
              entry -> {
                if (!merged.has(entry.getKey())) {
                  merged.set(entry.getKey(), entry.getValue().deepCopy());
                }
              });
    }
  }

  private String key(Node node) {
    JsonNode key = convert(node);
    if (key.isContainer()) {
      throw ApiException.badRequest("error converting YAML to JSON: invalid map key");
    }
    return node instanceof ScalarNode scalar && key.isNull() ? scalar.getValue() : key.asString();
  }
}
