package dev.drydock.apiserver.rest;

import dev.drydock.api.codec.ProtobufCodec;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Objects, lists and watch events as protobuf. What has no message of its own stays JSON, which
/// every client of it accepts too.
final class ProtobufViews {
  private static final GroupVersionKind PARTIAL_LIST =
      new GroupVersionKind("meta.k8s.io", "v1", "PartialObjectMetadataList");

  private final ProtobufCodec codec;

  ProtobufViews(ProtobufCodec codec) {
    this.codec = codec;
  }

  Answer object(int code, JsonNode tree) {
    var kind =
        GroupVersionKind.of(tree.path("apiVersion").asString(""), tree.path("kind").asString(""));
    return codec.writes(kind)
        ? answer(code, codec.write(tree))
        : Answer.json(code, TreeCodec.write(tree));
  }

  Answer partial(int code, JsonNode tree) {
    return answer(code, codec.writePartial(tree));
  }

  private static Answer answer(int code, byte[] body) {
    return new Answer.Complete(code, Accepted.Format.PROTOBUF.mediaType(), body, List.of());
  }

  WholeBody list(ResourceType type, ObjectList list) {
    GroupVersionKind item = type.groupVersionKind();
    return list(
        new GroupVersionKind(item.group(), item.version(), type.kind() + "List"),
        list,
        object -> codec.item(item, object.tree()));
  }

  WholeBody partialList(ObjectList list) {
    return list(PARTIAL_LIST, list, object -> codec.partialItem(object.tree()));
  }

  private WholeBody list(
      GroupVersionKind kind, ObjectList list, Function<StoredObject, byte[]> encoding) {
    List<byte[]> pieces = new ArrayList<>(list.items().size() + 1);
    for (StoredObject item : list.items()) {
      pieces.add(encoding.apply(item));
    }
    pieces.addFirst(
        codec.listHead(kind, Rendering.listMetadata(list), PiecesBody.lengthOf(pieces)));
    return new PiecesBody(pieces);
  }

  /// Watch events of whole objects.
  record ObjectEncoder(ProtobufCodec codec, ResourceType type) implements WatchEncoder {
    @Override
    public byte[] encode(StoredObject object) {
      return codec.write(object.tree());
    }

    @Override
    public byte[] bookmark(byte[] metadata) {
      return codec.write(TreeCodec.read(Views.empty(type.kind(), type.apiVersion(), metadata)));
    }
  }

  /// Watch events of metadata.
  record PartialEncoder(ProtobufCodec codec) implements WatchEncoder {
    @Override
    public byte[] encode(StoredObject object) {
      return codec.writePartial(object.tree());
    }

    @Override
    public byte[] bookmark(byte[] metadata) {
      return codec.writePartial(
          TreeCodec.read(Views.empty("PartialObjectMetadata", "meta.k8s.io/v1", metadata)));
    }
  }

  WatchEncoder watchEncoder(Accepted.Form form, ResourceType type) {
    return switch (form) {
      case OBJECT -> new ObjectEncoder(codec, type);
      case PARTIAL -> new PartialEncoder(codec);
      case TABLE -> throw new IllegalStateException("there are no tables in protobuf");
    };
  }

  WatchFraming framing() {
    return new WatchFraming.Frames(codec);
  }
}
