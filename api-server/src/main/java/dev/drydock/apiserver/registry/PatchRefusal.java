package dev.drydock.apiserver.registry;

import dev.drydock.api.codec.GoValues;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.PatchBody;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A patch is refused as an invalid value: a strategic merge patch as it was sent, in Go's notation
/// of maps, any other as what it made of the object.
///
/// @param patched what it made, with the fields that nobody knows
record PatchRefusal(PatchBody patch, Supplier<ObjectNode> patched) implements Bodies.Refusal {

  @Override
  public ApiException of(String problem) {
    String value =
        patch instanceof PatchBody.StrategicMerge(JsonNode document)
            ? GoValues.plain(document)
            : patched.get().toString();
    FieldError error = FieldError.invalid("patch", value, problem);
    return new ApiException(
        new Status(
            StatusReason.INVALID,
            StatusReason.INVALID.code(),
            " \"\" is invalid: " + error,
            new Status.Details("", "", "", List.of(error), 0)));
  }
}
