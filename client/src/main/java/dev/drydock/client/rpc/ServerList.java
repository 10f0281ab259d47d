package dev.drydock.client.rpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells gRPC the addresses of the api-servers, looking names up again whenever it asks.
final class ServerList extends NameResolver.Factory {
  private final List<URI> servers;

  ServerList(List<URI> servers) {
    this.servers = servers;
  }

  @Override
  public String getDefaultScheme() {
    return "drydock";
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new Resolver(servers);
  }

  private static final class Resolver extends NameResolver {
    private final List<URI> servers;
    private @Nullable Listener2 listener;

    Resolver(List<URI> servers) {
      this.servers = servers;
    }

    @Override
    public String getServiceAuthority() {
      return servers.getFirst().getAuthority();
    }

    @Override
    public void start(Listener2 told) {
      listener = told;
      refresh();
    }

    @Override
    public void refresh() {
      Listener2 told = listener;
      if (told == null) {
        return;
      }
      List<EquivalentAddressGroup> groups = new ArrayList<>();
      for (URI server : servers) {
        int port = server.getPort() < 0 ? 443 : server.getPort();
        var address = new InetSocketAddress(server.getHost(), port);
        if (!address.isUnresolved()) {
          groups.add(
              new EquivalentAddressGroup(
                  address,
                  Attributes.newBuilder()
                      .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, server.getAuthority())
                      .build()));
        }
      }
      if (groups.isEmpty()) {
        told.onError(Status.UNAVAILABLE.withDescription("no address is known of " + servers));
      } else {
        told.onResult(
            ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(groups)).build());
      }
    }

    @Override
    public void shutdown() {
      listener = null;
    }
  }
}
