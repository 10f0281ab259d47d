package dev.drydock.apiserver.storage.etcd;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.StatusOr;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Resolves `drydock-etcd:///HOST:PORT,HOST:PORT`: the members of an etcd cluster, tried in
/// turn. gRPC finds it through `META-INF/services`.
public final class EtcdNameResolverProvider extends NameResolverProvider {
  static final String SCHEME = "drydock-etcd";

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new Members(List.of(target.getPath().substring(1).split(",")));
  }

  private static final class Members extends NameResolver {
    private final List<String> members;
    private Listener2 listener = new Unheard();

    Members(List<String> members) {
      this.members = members;
    }

    @Override
    public String getServiceAuthority() {
      return members.getFirst();
    }

    @Override
    public void start(Listener2 toTell) {
      listener = toTell;
      resolve();
    }

    @Override
    public void refresh() {
      resolve();
    }

    private void resolve() {
      List<EquivalentAddressGroup> groups = new ArrayList<>();
      for (String member : members) {
        int colon = member.lastIndexOf(':');
        String host = member.substring(0, colon);
        int port = Integer.parseInt(member.substring(colon + 1));
        groups.add(
            new EquivalentAddressGroup(
                new InetSocketAddress(host, port),
                Attributes.newBuilder()
                    .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, member)
                    .build()));
      }
      listener.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(groups)).build());
    }

    @Override
    public void shutdown() {}
  }

  /// Before anybody listens.
  private static final class Unheard extends NameResolver.Listener2 {
    @Override
    public void onResult(NameResolver.ResolutionResult result) {}

    @Override
    public void onError(io.grpc.Status error) {}
  }
}
