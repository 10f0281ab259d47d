package dev.drydock.apiserver.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.WriteOptions.FieldValidation;
import dev.drydock.apiserver.request.WriteOptions.Persistence;
import dev.drydock.proto.ListRequest;
import dev.drydock.proto.ListResponse;
import dev.drydock.proto.PatchRequest;
import dev.drydock.proto.Resource;
import dev.drydock.proto.WatchRequest;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Our values ⇄ protobuf messages. The bytes of objects are shared, not copied.
final class Messages {
  private static final List<String> METADATA = List.of("apiVersion", "kind", "metadata");

  private Messages() {}

  /// How much of each object is wanted.
  enum Extent {
    WHOLE,
    METADATA
  }

  static Extent extent(boolean metadataOnly) {
    return metadataOnly ? Extent.METADATA : Extent.WHOLE;
  }

  static Resource resource(StoredObject object) {
    return resource(object, Extent.WHOLE);
  }

  static Resource resource(StoredObject object, Extent extent) {
    byte[] json =
        switch (extent) {
          case WHOLE -> object.json().array();
          case METADATA -> metadata(object);
        };
    return Resource.newBuilder()
        .setNamespace(object.namespace())
        .setName(object.name())
        .setRevision(object.revision().value())
        .setJson(shared(json))
        .build();
  }

  /// Our own form begins with just these fields: then they are cut off instead of parsed.
  private static byte[] metadata(StoredObject object) {
    byte[] json = object.json().array();
    int end = endOfMetadata(json);
    if (end < 0) {
      return metadata(object.tree());
    }
    byte[] small = Arrays.copyOf(json, end + 1);
    small[end] = '}';
    return small;
  }

  /// @return where `metadata` ends; negative: the object begins with something else
  private static int endOfMetadata(byte[] json) {
    try (JsonParser parser = JsonMapper.shared().createParser(json)) {
      parser.nextToken();
      for (String field : METADATA) {
        if (!field.equals(parser.nextName())) {
          return -1;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return Math.toIntExact(parser.currentLocation().getByteOffset());
    }
  }

  private static byte[] metadata(ObjectNode tree) {
    ObjectNode small = JsonNodeFactory.instance.objectNode();
    for (String field : METADATA) {
      JsonNode value = tree.get(field);
      if (value != null) {
        small.set(field, value);
      }
    }
    return TreeCodec.write(small);
  }

  static ByteString shared(byte[] bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  static ListResponse list(ObjectList list, Extent extent) {
    ListResponse.Builder builder =
        ListResponse.newBuilder()
            .setRevision(list.revision().value())
            .setContinue(list.continueToken())
            .setRemainingItemCount(list.remaining());
    for (StoredObject item : list.items()) {
      builder.addItems(resource(item, extent));
    }
    return builder.build();
  }

  static ReadOptions options(ListRequest request) {
    return new ReadOptions(
        request.getLabelSelector(),
        request.getFieldSelector(),
        request.getResourceVersion(),
        request.getResourceVersionMatch(),
        request.getLimit(),
        request.getContinue(),
        ReadOptions.InitialEvents.UNSET,
        ReadOptions.Bookmarks.NOT_WANTED);
  }

  static ReadOptions options(WatchRequest request) {
    boolean initial = request.getSendInitialEvents();
    return new ReadOptions(
        request.getLabelSelector(),
        request.getFieldSelector(),
        request.getResourceVersion(),
        initial ? "NotOlderThan" : "",
        0,
        "",
        initial ? ReadOptions.InitialEvents.SEND : ReadOptions.InitialEvents.UNSET,
        request.getAllowBookmarks() || initial
            ? ReadOptions.Bookmarks.WANTED
            : ReadOptions.Bookmarks.NOT_WANTED);
  }

  static ReadOptions selection(String labelSelector, String fieldSelector) {
    return new ReadOptions(
        labelSelector,
        fieldSelector,
        "",
        "",
        0,
        "",
        ReadOptions.InitialEvents.UNSET,
        ReadOptions.Bookmarks.NOT_WANTED);
  }

  static ReadOptions atVersion(String resourceVersion) {
    return resourceVersion.isEmpty()
        ? ReadOptions.NONE
        : new ReadOptions(
            "",
            "",
            resourceVersion,
            "",
            0,
            "",
            ReadOptions.InitialEvents.UNSET,
            ReadOptions.Bookmarks.NOT_WANTED);
  }

  static WriteOptions options(dev.drydock.proto.WriteOptions options) {
    FieldValidation validation =
        switch (options.getFieldValidation()) {
          case "", "Ignore" -> FieldValidation.IGNORE;
          case "Warn" -> FieldValidation.WARN;
          case "Strict" -> FieldValidation.STRICT;
          default ->
              throw ApiException.badRequest(
                  "field_validation must be Ignore, Warn or Strict, not "
                      + options.getFieldValidation());
        };
    return new WriteOptions(
        persistence(options.getDryRun()), options.getFieldManager(), validation);
  }

  private static Persistence persistence(boolean dryRun) {
    return dryRun ? Persistence.DRY_RUN : Persistence.STORED;
  }

  static DeleteOptions options(dev.drydock.proto.DeleteOptions options) {
    return new DeleteOptions(
        options.hasGracePeriodSeconds() ? (Long) options.getGracePeriodSeconds() : null,
        options.getPropagationPolicy(),
        options.getPreconditionUid(),
        options.getPreconditionResourceVersion(),
        persistence(options.getDryRun()));
  }

  static ObjectNode object(ByteString json) {
    return TreeCodec.read(json.toByteArray());
  }

  static PatchBody patch(PatchRequest request) {
    JsonNode document = TreeCodec.readValue(request.getPatch().toByteArray());
    return switch (request.getType()) {
      case JSON -> new PatchBody.Json(document);
      case MERGE -> new PatchBody.Merge(document);
      case STRATEGIC_MERGE -> new PatchBody.StrategicMerge(document);
      case APPLY ->
          new PatchBody.Apply(
              document, request.getForce() ? PatchBody.Conflicts.FORCE : PatchBody.Conflicts.FAIL);
      case TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw ApiException.badRequest("the type of the patch is missing");
    };
  }
}
