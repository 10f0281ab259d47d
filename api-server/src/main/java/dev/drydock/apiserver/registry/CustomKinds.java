package dev.drydock.apiserver.registry;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a body must say of its kind where no class stands behind it.
final class CustomKinds {
  /// As much of a body is shown in the end, in characters.
  private static final int BEGINNING = 30;

  private CustomKinds() {}

  /// Its version is checked like that of any body.
  static void check(ResourceType expected, ObjectNode body) {
    String kind = Trees.text(body, "kind");
    if (kind.isEmpty()) {
      String text = new String(TreeCodec.write(body), StandardCharsets.UTF_8);
      throw ApiException.badRequest(
          "the object provided is unrecognized (must be of type "
              + expected.kind()
              + "): Object 'Kind' is missing in '"
              + text
              + "' ("
              + (text.length() > BEGINNING ? text.substring(0, BEGINNING) + " ..." : text)
              + ")");
    }
    if (Trees.text(body, "apiVersion").isEmpty()) {
      throw ApiException.badRequest(
          "the API version in the data () does not match the expected API version ("
              + expected.apiVersion()
              + ")");
    }
    if (!kind.equals(expected.kind())) {
      throw ApiException.invalid(
          new ResourceType(expected.group(), expected.version(), "", kind, Scope.CLUSTER),
          Trees.text(body, "metadata", "name"),
          List.of(FieldError.invalid("kind", kind, "must be " + expected.kind())));
    }
  }
}
