package dev.drydock.apiserver.registry;

import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.PatchBody;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A patch is refused as an invalid value: a strategic merge patch as it was sent, in Go's notation
/// of maps, any other as what it made of the object.
///
/// @param patched what it made, with the fields that nobody knows
/// @param duplicates what it names twice
record PatchRefusal(PatchBody patch, ObjectNode patched, List<String> duplicates)
    implements Bodies.Refusal {

  @Override
  public ApiException of(List<String> unknown) {
    String value =
        patch instanceof PatchBody.StrategicMerge(JsonNode document)
            ? inGo(document)
            : patched.toString();
    String problem =
        SchemaDecoding.warnings(unknown, duplicates)
            .collect(Collectors.joining(", ", "strict decoding error: ", ""));
    FieldError error = FieldError.invalid("patch", value, problem);
    return new ApiException(
        new Status(
            StatusReason.INVALID,
            StatusReason.INVALID.code(),
            " \"\" is invalid: " + error,
            new Status.Details("", "", "", List.of(error), 0)));
  }

  private static String inGo(JsonNode value) {
    if (value.isObject()) {
      Map<String, String> sorted = new TreeMap<>();
      value.properties().forEach(field -> sorted.put(field.getKey(), inGo(field.getValue())));
      var shown = new StringJoiner(" ", "map[", "]");
      sorted.forEach((name, text) -> shown.add(name + ":" + text));
      return shown.toString();
    }
    if (value.isArray()) {
      var shown = new StringJoiner(" ", "[", "]");
      value.forEach(element -> shown.add(inGo(element)));
      return shown.toString();
    }
    return value.isNull() ? "<nil>" : value.asString();
  }
}
