package dev.drydock.apiserver.schema;

import dev.drydock.api.codec.GoNames;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.schema.UnreadableException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The metadata of objects whose other fields have no class behind them.
public final class ObjectMetadata {
  private static final String DEFINITION = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private ObjectMetadata() {}

  static Schema schema() {
    return Schemas.builtIn().definition(DEFINITION);
  }

  /// Brings an object's metadata into form, where it has any.
  ///
  /// @return paths of unknown fields that are gone: `metadata.foo`
  /// @throws UnreadableException for a value of the wrong type
  public static List<String> decode(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    if (metadata.isMissingNode() || metadata.isNull()) {
      return List.of();
    }
    if (!(metadata instanceof ObjectNode fields)) {
      throw new UnreadableException(
          "json: cannot unmarshal "
              + GoNames.of(metadata.getNodeType())
              + " into Go value of type v1.ObjectMeta");
    }
    return SchemaDecoding.decode(fields, schema()).stream()
        .map(unknown -> "metadata." + unknown)
        .toList();
  }
}
