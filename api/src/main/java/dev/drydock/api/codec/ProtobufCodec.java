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
import tools.jackson.databind.node.ObjectNode;

/// Reads bodies of `application/vnd.kubernetes.protobuf`, which Go clients send for built-in kinds.
/// Answers are never written in it: those clients accept JSON too. Nothing of it is loaded before
/// the first such body comes.
public final class ProtobufCodec {
  public static final String CONTENT_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  /// Kinds that every group version serves, but that are declared once.
  private static final Set<String> META_KINDS =
      Set.of("DeleteOptions", "Status", "PartialObjectMetadata", "PartialObjectMetadataList");

  private final Schemas schemas;
  private final Map<String, Optional<FileDescriptor>> files;

  public ProtobufCodec(Schemas schemas) {
    this.schemas = schemas;
    this.files = new java.util.concurrent.ConcurrentHashMap<>();
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
