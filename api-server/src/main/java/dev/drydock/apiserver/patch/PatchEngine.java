package dev.drydock.apiserver.patch;

import dev.drydock.api.codec.GoNames;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The three patches that are not apply. Each returns a new tree and leaves its arguments alone;
/// a patch that can't be applied changes nothing and fails with Kubernetes' status.
public final class PatchEngine {
  private PatchEngine() {}

  /// RFC 6902.
  ///
  /// @throws ApiException bad request: no JSON patch; 422: an operation does not fit the object;
  ///     413: too many operations
  public static ObjectNode json(ObjectNode before, JsonNode patch) {
    return JsonPatch.apply(before, patch);
  }

  /// What a JSON patch has beside what it needs, as clients are told it.
  ///
  /// @param lapses what is known to be wrong with its text
  public static List<String> lapses(JsonNode patch, List<String> lapses) {
    return JsonPatchForm.lapses(patch, lapses);
  }

  /// RFC 7386.
  ///
  /// @throws ApiException bad request: the patch is no object
  public static ObjectNode merge(ObjectNode before, JsonNode patch) {
    return MergePatch.apply(before, asObject(patch));
  }

  /// Kubernetes' merge, which knows list keys and directives. Not for custom resources: their
  /// schema has no merge keys, so the caller refuses them (415).
  ///
  /// @throws ApiException bad request or 422: misused directives; 500: a missing merge key
  public static ObjectNode strategicMerge(ObjectNode before, JsonNode patch, Schema schema) {
    return StrategicMergePatch.apply(before, asObject(patch), schema);
  }

  /// A part of an object, laid over the whole as server-side apply does, without an owner.
  ///
  /// @param part has its own `apiVersion` and `kind` or none; they are the whole's
  /// @throws ApiException bad request: the part does not fit the schema, or replaces a whole that
  ///     is atomic
  public static ObjectNode structuredMerge(ObjectNode before, JsonNode part, Schema schema) {
    return StructuredMerge.apply(before, asObject(part), schema);
  }

  private static ObjectNode asObject(JsonNode patch) {
    if (patch instanceof ObjectNode object) {
      return object;
    }
    throw ApiException.badRequest(
        "error decoding patch: json: cannot unmarshal "
            + GoNames.of(patch.getNodeType())
            + " into Go value of type map[string]interface {}");
  }
}
