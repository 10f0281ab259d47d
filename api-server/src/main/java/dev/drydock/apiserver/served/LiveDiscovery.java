package dev.drydock.apiserver.served;

import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.discovery.Definitions;
import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import dev.drydock.apiserver.discovery.RemoteVersion;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The documents about the types that are served now. Made anew when somebody asks and the types
/// have changed. Safe for all threads.
public final class LiveDiscovery implements Supplier<DiscoveryDocuments> {
  private final LiveTypes types;
  private final Supplier<List<RemoteVersion>> remotes;
  private final String serverAddress;
  private volatile @Nullable Made made;

  private record Made(
      LiveTypes.State state, List<RemoteVersion> remotes, DiscoveryDocuments documents) {}

  /// @param remotes what other servers serve now; the same list while nothing changes
  /// @param serverAddress `HOST:PORT` of the REST port
  public LiveDiscovery(
      LiveTypes types, Supplier<List<RemoteVersion>> remotes, String serverAddress) {
    this.types = types;
    this.remotes = remotes;
    this.serverAddress = serverAddress;
  }

  @Override
  public DiscoveryDocuments get() {
    LiveTypes.State state = types.state();
    List<RemoteVersion> others = remotes.get();
    Made present = made;
    boolean same =
        present != null && present.state().equals(state) && present.remotes().equals(others);
    if (present == null || !same) {
      DiscoveryDocuments fresh = documents(state, others);
      present = new Made(state, others, present == null ? fresh : fresh.after(present.documents()));
      made = present;
    }
    return present.documents();
  }

  private DiscoveryDocuments documents(LiveTypes.State state, List<RemoteVersion> others) {
    var custom =
        state.custom().stream()
            .map(
                one ->
                    new Definitions.CustomKind(
                        one.info().type().groupVersionKind(), one.listKind(), one.schema()))
            .toList();
    return new DiscoveryDocuments(
        state.all(), new Definitions(Schemas.builtIn(), custom), others, serverAddress);
  }
}
