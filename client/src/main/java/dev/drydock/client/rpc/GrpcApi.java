package dev.drydock.client.rpc;

import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.ResourceClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;

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
  public <S extends HasMetadata> ResourceClient<S> subresource(
      Kind<?> parent, String subresource, Class<S> body) {
    return new GrpcResource<>(caller, parent.type(), subresource, body);
  }
}
