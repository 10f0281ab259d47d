package dev.drydock.client.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Listed;
import dev.drydock.client.resource.MetadataOnly;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.resource.Selection;
import dev.drydock.client.resource.WatchStream;
import dev.drydock.proto.CreateRequest;
import dev.drydock.proto.DeleteOptions;
import dev.drydock.proto.DeleteRequest;
import dev.drydock.proto.GetRequest;
import dev.drydock.proto.ListRequest;
import dev.drydock.proto.ListResponse;
import dev.drydock.proto.PatchRequest;
import dev.drydock.proto.Resource;
import dev.drydock.proto.Target;
import dev.drydock.proto.UpdateRequest;
import dev.drydock.proto.WatchRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.charset.StandardCharsets;

/// One type, or one sub-resource of it, over gRPC.
final class GrpcResource<T extends HasMetadata> implements ResourceClient<T> {
  private final Caller caller;
  private final ResourceType type;
  private final String subresource;
  private final Class<T> model;
  private final boolean metadataOnly;

  GrpcResource(Caller caller, ResourceType type, String subresource, Class<T> model) {
    this.caller = caller;
    this.type = type;
    this.subresource = subresource;
    this.model = model;
    this.metadataOnly = model == MetadataOnly.class;
  }

  @Override
  public T get(ObjectKey key) {
    return read(
        caller.call(stub -> stub.get(GetRequest.newBuilder().setTarget(target(key)).build())));
  }

  @Override
  public Listed<T> list(Selection selection) {
    ListRequest request =
        ListRequest.newBuilder()
            .setTarget(target(selection))
            .setLabelSelector(selection.labels())
            .setFieldSelector(selection.fields())
            .setMetadataOnly(metadataOnly)
            .build();
    ListResponse answer = caller.call(stub -> stub.list(request));
    return new Listed<>(
        answer.getItemsList().stream().map(this::read).toList(), Revision.of(answer.getRevision()));
  }

  @Override
  public WatchStream<T> watch(Selection selection) {
    WatchRequest request =
        WatchRequest.newBuilder()
            .setTarget(target(selection))
            .setLabelSelector(selection.labels())
            .setFieldSelector(selection.fields())
            .setSendInitialEvents(true)
            .setAllowBookmarks(true)
            .setMetadataOnly(metadataOnly)
            .build();
    return GrpcWatch.open(caller, request, this::read);
  }

  @Override
  public T create(T object) {
    CreateRequest request =
        CreateRequest.newBuilder()
            .setTarget(target(object))
            .setJson(json(object))
            .setOptions(caller.writeOptions())
            .build();
    return written(caller.call(stub -> stub.create(request)), object);
  }

  @Override
  public T update(T object) {
    UpdateRequest request =
        UpdateRequest.newBuilder()
            .setTarget(target(ObjectKey.of(object)))
            .setJson(json(object))
            .setOptions(caller.writeOptions())
            .build();
    return written(caller.call(stub -> stub.update(request)), object);
  }

  @Override
  public T patch(ObjectKey key, Patch patch) {
    PatchRequest.Builder request =
        PatchRequest.newBuilder()
            .setTarget(target(key))
            .setPatch(
                UnsafeByteOperations.unsafeWrap(patch.document().getBytes(StandardCharsets.UTF_8)))
            .setOptions(caller.writeOptions());
    switch (patch) {
      case Patch.Json _ -> request.setType(PatchRequest.Type.JSON);
      case Patch.Merge _ -> request.setType(PatchRequest.Type.MERGE);
      case Patch.StrategicMerge _ -> request.setType(PatchRequest.Type.STRATEGIC_MERGE);
      case Patch.Apply(_, String manager, Patch.Conflicts conflicts) ->
          request
              .setType(PatchRequest.Type.APPLY)
              .setForce(conflicts == Patch.Conflicts.FORCE)
              .setOptions(caller.writeOptions().toBuilder().setFieldManager(manager));
    }
    Resource answer = caller.call(stub -> stub.patch(request.build()));
    Causes.wrote(type, Revision.of(answer.getRevision()));
    return read(answer);
  }

  @Override
  public void delete(ObjectKey key, Deletion deletion) {
    DeleteOptions.Builder options =
        DeleteOptions.newBuilder().setPropagationPolicy(deletion.propagationText().orElse(""));
    if (deletion.gracePeriod() != null) {
      options.setGracePeriodSeconds(deletion.gracePeriod().toSeconds());
    }
    if (deletion.uid() != null) {
      options.setPreconditionUid(deletion.uid().value());
    }
    if (deletion.revision() != null) {
      options.setPreconditionResourceVersion(deletion.revision().toString());
    }
    DeleteRequest request =
        DeleteRequest.newBuilder().setTarget(target(key)).setOptions(options).build();
    Resource answer = caller.call(stub -> stub.delete(request));
    Causes.wrote(type, Revision.of(answer.getRevision()));
  }

  /// What a write answered: the object as stored; where only a `Status` comes back (binding,
  /// eviction), what was sent.
  private T written(Resource answer, T sent) {
    Causes.wrote(type, Revision.of(answer.getRevision()));
    if (answer.getJson().isEmpty()) {
      return sent;
    }
    T object = read(answer);
    return "Status".equals(object.getKind()) ? sent : object;
  }

  private T read(Resource resource) {
    return TypedCodec.read(resource.getJson().toByteArray(), model);
  }

  private static ByteString json(Object object) {
    return UnsafeByteOperations.unsafeWrap(TypedCodec.write(object));
  }

  private Target.Builder target() {
    return Target.newBuilder()
        .setGroup(type.group())
        .setVersion(type.version())
        .setResource(type.resource())
        .setSubresource(subresource);
  }

  private Target target(ObjectKey key) {
    return target().setNamespace(key.namespace()).setName(key.name()).build();
  }

  private Target target(Selection selection) {
    return target().setNamespace(selection.namespace()).build();
  }

  /// For a create: an object names itself, a sub-resource's parent must be named.
  private Target target(T object) {
    ObjectKey key =
        subresource.isEmpty()
            ? new ObjectKey(
                object.getMetadata().getNamespace() == null
                    ? ""
                    : object.getMetadata().getNamespace(),
                "")
            : ObjectKey.of(object);
    return target(key);
  }
}
