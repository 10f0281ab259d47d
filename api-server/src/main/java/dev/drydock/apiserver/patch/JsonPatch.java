package dev.drydock.apiserver.patch;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// RFC 6902. Works on a copy, so a failing operation undoes those before it.
final class JsonPatch {
  private static final int MAX_OPERATIONS = 10_000;

  private JsonNode root;

  private JsonPatch(JsonNode root) {
    this.root = root;
  }

  static ObjectNode apply(ObjectNode before, JsonNode patch) {
    ArrayNode operations = JsonPatchForm.operations(patch);
    if (operations.size() > MAX_OPERATIONS) {
      throw ApiException.of(
          StatusReason.REQUEST_ENTITY_TOO_LARGE,
          "The allowed maximum operations in a JSON patch is "
              + MAX_OPERATIONS
              + ", got "
              + operations.size());
    }
    var work = new JsonPatch(before.deepCopy());
    try {
      for (JsonNode operation : operations) {
        work.perform(operation);
      }
      if (work.root instanceof ObjectNode result) {
        return result;
      }
      throw new Misfit("the result is no object");
    } catch (Misfit misfit) {
      throw new ApiException(
          Status.failure(
              StatusReason.INVALID,
              "the server rejected our request due to an error in our request"),
          misfit);
    }
  }

  private void perform(JsonNode operation) {
    List<String> path = pointer(text(operation, "path"));
    switch (text(operation, "op")) {
      case "add" -> add(path, value(operation));
      case "remove" -> remove(path);
      case "replace" -> replace(path, value(operation));
      case "move" -> {
        List<String> from = pointer(text(operation, "from"));
        if (path.size() > from.size() && path.subList(0, from.size()).equals(from)) {
          throw new Misfit("can't move a value into itself: " + path);
        }
        add(path, remove(from));
      }
      case "copy" -> add(path, find(pointer(text(operation, "from"))).deepCopy());
      case "test" -> test(path, value(operation));
      case String other -> throw new Misfit("Unexpected kind: " + other);
    }
  }

  private static String text(JsonNode operation, String member) {
    JsonNode value = operation.path(member);
    if (!value.isString()) {
      throw new Misfit("operation without \"" + member + "\": " + operation);
    }
    return value.stringValue();
  }

  private static JsonNode value(JsonNode operation) {
    @Nullable JsonNode value = operation.get("value");
    if (value == null) {
      throw new Misfit("operation without \"value\": " + operation);
    }
    return value.deepCopy();
  }

  private static List<String> pointer(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.charAt(0) != '/') {
      throw new Misfit("a JSON pointer begins with a slash: " + text);
    }
    var parts = new ArrayList<String>();
    for (String part : text.substring(1).split("/", -1)) {
      parts.add(part.replace("~1", "/").replace("~0", "~"));
    }
    return parts;
  }

  private JsonNode find(List<String> path) {
    JsonNode at = root;
    for (String part : path) {
      @Nullable JsonNode next =
          switch (at) {
            case ObjectNode object -> object.get(part);
            case ArrayNode array -> array.get(index(part, array, array.size() - 1));
            case JsonNode _ -> null;
          };
      if (next == null) {
        throw new Misfit("missing value at " + path);
      }
      at = next;
    }
    return at;
  }

  private static int index(String part, ArrayNode array, int max) {
    int index;
    try {
      index = Integer.parseInt(part);
    } catch (NumberFormatException _) {
      throw new Misfit("no index of an array: " + part);
    }
    boolean canonical = Integer.toString(index).equals(part);
    int counted = index < 0 ? index + array.size() : index;
    if (!canonical || counted < 0 || counted > max) {
      throw new Misfit("Unable to access invalid index: " + part);
    }
    return counted;
  }

  private void add(List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      root = value;
      return;
    }
    String last = path.getLast();
    switch (find(path.subList(0, path.size() - 1))) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array -> {
        if (last.equals("-")) {
          array.add(value);
        } else {
          array.insert(index(last, array, array.size()), value);
        }
      }
      case JsonNode _ -> throw new Misfit("can't add to a scalar at " + path);
    }
  }

  private JsonNode remove(List<String> path) {
    JsonNode present = find(path);
    if (path.isEmpty()) {
      throw new Misfit("can't remove the whole document");
    }
    String last = path.getLast();
    switch (find(path.subList(0, path.size() - 1))) {
      case ObjectNode object -> object.remove(last);
      case ArrayNode array -> array.remove(index(last, array, array.size() - 1));
      case JsonNode _ -> throw new Misfit("can't remove from a scalar at " + path);
    }
    return present;
  }

  private void replace(List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      root = value;
      return;
    }
    find(path);
    String last = path.getLast();
    switch (find(path.subList(0, path.size() - 1))) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode array -> array.set(index(last, array, array.size() - 1), value);
      case JsonNode _ -> throw new Misfit("can't replace in a scalar at " + path);
    }
  }

  private void test(List<String> path, JsonNode expected) {
    boolean holds;
    try {
      holds = Trees.same(find(path), expected);
    } catch (Misfit misfit) {
      if (!expected.isNull()) {
        throw misfit;
      }
      holds = true;
    }
    if (!holds) {
      throw new Misfit("testing value " + path + " failed");
    }
  }

  /// An operation does not fit the document. Kept as the cause of what the client is told.
  private static final class Misfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Misfit(String message) {
      super(message);
    }
  }
}
