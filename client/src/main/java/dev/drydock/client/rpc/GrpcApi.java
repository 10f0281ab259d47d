package dev.drydock.client.rpc;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.OtherVersion;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.proto.DiscoverRequest;
import dev.drydock.proto.DiscoverResponse;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;

/// The API over one connection.
///
/// A request that has no answer after 30 seconds fails with `TIMEOUT`; watches last.
public final class GrpcApi implements Api {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Caller caller;

  /// @param fieldManager who owns the fields that are written: `kube-scheduler`
  public GrpcApi(ApiConnection connection, String fieldManager) {
    this.caller = new Caller(connection, fieldManager, PATIENCE);
  }

  @Override
  public <T extends HasMetadata> ResourceClient<T> resource(Kind<T> kind) {
    return new GrpcResource<>(caller, kind.type(), "", kind.model());
  }

  @Override
  public List<OtherVersion> elsewhere() {
    DiscoverResponse answer =
        caller.call(stub -> stub.discover(DiscoverRequest.getDefaultInstance()));
    return DiscoveryText.versions(TreeCodec.read(answer.getJson().toByteArray()));
  }

  @Override
  public <S extends HasMetadata> ResourceClient<S> subresource(
      Kind<?> parent, String subresource, Class<S> body) {
    return new GrpcResource<>(caller, parent.type(), subresource, body);
  }
}
