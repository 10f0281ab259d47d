package dev.drydock.apiserver.rest;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.request.ListForm;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.Segmented;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Objects and lists in the form the client accepts.
final class Rendering {
  private static final int SMALL = 32 * 1024;
  private static final int TOGETHER = 64;

  private Rendering() {}

  /// `PartialObjectMetadata` of an object.
  ///
  /// @param apiVersion of `meta.k8s.io`
  static byte[] partial(StoredObject object, String apiVersion) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("kind", "PartialObjectMetadata").put("apiVersion", apiVersion);
    JsonNode metadata = object.tree().path("metadata");
    root.set("metadata", metadata);
    return Bytes.utf8(root.toString()).array();
  }

  static ListBody list(ListForm form, ResourceType type, ObjectList list) {
    List<ListBody.Part> parts = parts(list.items());
    return switch (form.shape()) {
      case TYPED -> typed(form.kind(), type.apiVersion(), list, parts);
      case UNTYPED -> untyped(form.kind(), type.apiVersion(), list, parts);
    };
  }

  /// Large pieces where the list keeps them, else pieces that are put together when their turn
  /// comes.
  private static List<ListBody.Part> parts(List<StoredObject> items) {
    if (items instanceof Segmented<?>) {
      @SuppressWarnings("unchecked")
      var segmented = (Segmented<StoredObject>) items;
      List<ListBody.Part> parts = new ArrayList<>();
      for (Segmented.Segment<StoredObject> segment : segmented.segments()) {
        parts.add(new ListBody.Part.Kept(segment.encoded(Rendering::joined)));
      }
      return parts;
    }
    return loose(items.stream().map(StoredObject::json).toList());
  }

  private static Bytes joined(List<StoredObject> items) {
    return ListBody.joined(items.stream().map(StoredObject::json).toList());
  }

  private static List<ListBody.Part> loose(List<Bytes> items) {
    List<ListBody.Part> parts = new ArrayList<>();
    for (int i = 0; i < items.size(); i += TOGETHER) {
      parts.add(new ListBody.Part.Loose(items.subList(i, Math.min(items.size(), i + TOGETHER))));
    }
    return parts;
  }

  static ListBody partialList(ObjectList list, String apiVersion) {
    List<Bytes> items =
        list.items().stream().map(object -> Bytes.wrap(partial(object, apiVersion))).toList();
    return typed("PartialObjectMetadataList", apiVersion, list, loose(items));
  }

  private static ListBody typed(
      String kind, String apiVersion, ObjectList list, List<ListBody.Part> parts) {
    ObjectNode head = JsonNodeFactory.instance.objectNode();
    head.put("kind", kind).put("apiVersion", apiVersion).set("metadata", listMetadata(list));
    return new ListBody(beginning(head) + ",\"items\":[", parts, "]}");
  }

  private static ListBody untyped(
      String kind, String apiVersion, ObjectList list, List<ListBody.Part> parts) {
    ObjectNode head = JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion);
    ObjectNode tail = JsonNodeFactory.instance.objectNode().put("kind", kind);
    ObjectNode metadata = tail.putObject("metadata").put("continue", list.continueToken());
    if (list.remaining() > 0) {
      metadata.put("remainingItemCount", list.remaining());
    }
    metadata.put("resourceVersion", list.revision().toString());
    return new ListBody(
        beginning(head) + ",\"items\":[", parts, "]," + tail.toString().substring(1));
  }

  /// An object that is not yet at its end.
  private static String beginning(ObjectNode object) {
    String text = object.toString();
    return text.substring(0, text.length() - 1);
  }

  static ObjectNode listMetadata(ObjectList list) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("resourceVersion", list.revision().toString());
    if (!list.continueToken().isEmpty()) {
      metadata.put("continue", list.continueToken());
    }
    if (list.remaining() > 0) {
      metadata.put("remainingItemCount", list.remaining());
    }
    return metadata;
  }

  /// A list as an answer: small ones whole, large ones piece by piece.
  static Answer answer(Accepted.Format format, WholeBody body) {
    return body.length() <= SMALL
        ? new Answer.Complete(200, format.mediaType(), body.toBytes(), List.of())
        : new Answer.Streaming(200, format.mediaType(), body, List.of());
  }
}
