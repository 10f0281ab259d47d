package dev.drydock.api.codec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import dev.drydock.api.status.ApiException;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `application/vnd.kubernetes.protobuf`, which Go clients speak about built-in kinds: bodies into
/// trees, and trees into bodies. Nothing of it is loaded before somebody speaks it. Safe for all
/// threads.
public final class ProtobufCodec {
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final int UNKNOWN_TYPE = 1;
  private static final int UNKNOWN_RAW = 2;
  private static final int METADATA = 1;
  private static final int LIST_ITEMS = 2;

  /// Kinds that every group version serves, but that are declared once.
  private static final Set<String> META_KINDS =
      Set.of("DeleteOptions", "Status", "PartialObjectMetadata", "PartialObjectMetadataList");

  private static final int TYPICAL_OBJECT = 4096;

  private final Schemas schemas;
  private final Map<String, Optional<FileDescriptor>> files;
  private final TreeMessage messages;

  public ProtobufCodec(Schemas schemas) {
    this.schemas = schemas;
    this.files = new java.util.concurrent.ConcurrentHashMap<>();
    this.messages = new TreeMessage(schemas);
  }

  /// Whether the bytes begin as such a body does.
  public static boolean isProtobuf(byte[] body) {
    return body.length >= MAGIC.length && Arrays.mismatch(body, MAGIC) == MAGIC.length;
  }

  /// The object as JSON would have brought it, with `apiVersion` and `kind`.
  ///
  /// @throws ApiException `BadRequest` for what is no such body, or of a kind unknown here
  public ObjectNode read(byte[] body) {
    if (!isProtobuf(body)) {
      throw ApiException.badRequest(
          "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
    }
    try {
      var unknown =
          DynamicMessage.parseFrom(
              Runtime.Unknown.getDescriptor(),
              com.google.protobuf.ByteString.copyFrom(
                  body, MAGIC.length, body.length - MAGIC.length));
      return read(unknown);
    } catch (InvalidProtocolBufferException e) {
      throw new ApiException(
          dev.drydock.api.status.Status.failure(
              dev.drydock.api.status.StatusReason.BAD_REQUEST, "proto: " + e.getMessage()),
          e);
    }
  }

  private ObjectNode read(DynamicMessage unknown) throws InvalidProtocolBufferException {
    var type = (com.google.protobuf.Message) MessageTree.field(unknown, "typeMeta");
    String apiVersion = (String) MessageTree.field(type, "apiVersion");
    String kind = (String) MessageTree.field(type, "kind");
    var raw = (com.google.protobuf.ByteString) MessageTree.field(unknown, "raw");
    if (MessageTree.field(unknown, "contentType").equals("application/json")) {
      return TreeCodec.read(raw.toByteArray());
    }
    GroupVersionKind gvk = GroupVersionKind.of(apiVersion, kind);
    Descriptor descriptor =
        descriptor(gvk)
            .orElseThrow(
                () ->
                    ApiException.badRequest(
                        "no kind \""
                            + kind
                            + "\" is registered for version \""
                            + apiVersion
                            + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\""));
    ObjectNode object = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", kind);
    Schema schema = schemas.definition(definition(descriptor));
    new MessageTree(schemas).fill(object, DynamicMessage.parseFrom(descriptor, raw), schema);
    return object;
  }

  /// Whether objects of that kind can be written: built-in ones of groups that declare messages.
  public boolean writes(GroupVersionKind kind) {
    return descriptor(kind).isPresent();
  }

  /// The whole body for an object.
  ///
  /// @param object with `apiVersion` and `kind`, which [#writes] accepts
  public byte[] write(JsonNode object) {
    var kind =
        GroupVersionKind.of(
            object.path("apiVersion").asString(""), object.path("kind").asString(""));
    var out = new BackwardBytes(TYPICAL_OBJECT);
    fields(kind, object, out);
    return enveloped(kind, out);
  }

  /// The whole body for a `PartialObjectMetadata`, of an object of any kind.
  public byte[] writePartial(JsonNode object) {
    var out = new BackwardBytes(TYPICAL_OBJECT);
    metadata(object, out);
    return enveloped(new GroupVersionKind("meta.k8s.io", "v1", "PartialObjectMetadata"), out);
  }

  /// An object as it stands in a list.
  public byte[] item(GroupVersionKind kind, JsonNode object) {
    var out = new BackwardBytes(TYPICAL_OBJECT);
    fields(kind, object, out);
    out.delimit(LIST_ITEMS, 0);
    return out.toArray();
  }

  /// An object as it stands in a `PartialObjectMetadataList`.
  public byte[] partialItem(JsonNode object) {
    var out = new BackwardBytes(TYPICAL_OBJECT);
    metadata(object, out);
    out.delimit(LIST_ITEMS, 0);
    return out.toArray();
  }

  /// What stands before the items of a list in its body; the items are its end.
  ///
  /// @param itemsLength of all [#item]s together
  public byte[] listHead(GroupVersionKind kind, JsonNode metadata, long itemsLength) {
    var out = new BackwardBytes(TYPICAL_OBJECT);
    Descriptor type = Meta.ListMeta.getDescriptor();
    messages.write(metadata, type, schemas.definition(definition(type)), out);
    out.delimit(METADATA, 0);
    out.varint(out.size() + itemsLength);
    out.tag(UNKNOWN_RAW, BackwardBytes.DELIMITED);
    return headed(kind, out);
  }

  /// An event of a watch, with its length before it.
  ///
  /// @param type `ADDED`, …
  /// @param body of the object
  public static byte[] watchFrame(String type, byte[] body) {
    var out = new BackwardBytes(body.length + 40);
    out.raw(body);
    out.delimit(1, 0);
    out.delimit(2, 0);
    out.text(1, type);
    int length = out.size();
    out.fixed(Integer.reverseBytes(length), Integer.BYTES);
    return out.toArray();
  }

  private void fields(GroupVersionKind kind, JsonNode object, BackwardBytes out) {
    Descriptor type =
        descriptor(kind)
            .orElseThrow(() -> new IllegalArgumentException("no message is declared for " + kind));
    messages.write(object, type, schemas.definition(definition(type)), out);
  }

  private void metadata(JsonNode object, BackwardBytes out) {
    Descriptor type = Meta.ObjectMeta.getDescriptor();
    messages.write(object.path("metadata"), type, schemas.definition(definition(type)), out);
    out.delimit(METADATA, 0);
  }

  private static byte[] enveloped(GroupVersionKind kind, BackwardBytes out) {
    out.delimit(UNKNOWN_RAW, 0);
    return headed(kind, out);
  }

  private static byte[] headed(GroupVersionKind kind, BackwardBytes out) {
    int before = out.size();
    out.text(2, kind.kind());
    out.text(1, kind.apiVersion());
    out.delimit(UNKNOWN_TYPE, before);
    out.raw(MAGIC);
    return out.toArray();
  }

  private Optional<Descriptor> descriptor(GroupVersionKind kind) {
    if (META_KINDS.contains(kind.kind())) {
      return Optional.ofNullable(Meta.getDescriptor().findMessageTypeByName(kind.kind()));
    }
    return files
        .computeIfAbsent(kind.group() + "/" + kind.version(), ProtobufFiles::of)
        .map(file -> file.findMessageTypeByName(kind.kind()))
        .filter(found -> schemas.kind(kind).isPresent());
  }

  /// `k8s.io.api.core.v1.Pod` → `io.k8s.api.core.v1.Pod`.
  static String definition(Descriptor descriptor) {
    return "io.k8s." + descriptor.getFullName().substring("k8s.io.".length()).replace('_', '-');
  }
}
