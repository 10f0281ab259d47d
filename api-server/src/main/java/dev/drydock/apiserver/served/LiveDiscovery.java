package dev.drydock.apiserver.served;

import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.discovery.Definitions;
import dev.drydock.apiserver.discovery.DiscoveryDocuments;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The documents about the types that are served now. Made anew when somebody asks and the types
/// have changed. Safe for all threads.
public final class LiveDiscovery implements Supplier<DiscoveryDocuments> {
  private final LiveTypes types;
  private final String serverAddress;
  private volatile @Nullable Made made;

  private record Made(LiveTypes.State state, DiscoveryDocuments documents) {}

  /// @param serverAddress `HOST:PORT` of the REST port
  public LiveDiscovery(LiveTypes types, String serverAddress) {
    this.types = types;
    this.serverAddress = serverAddress;
  }

  @Override
  public DiscoveryDocuments get() {
    LiveTypes.State state = types.state();
    Made present = made;
    if (present == null || !present.state().equals(state)) {
      DiscoveryDocuments fresh = documents(state);
      present = new Made(state, present == null ? fresh : fresh.after(present.documents()));
      made = present;
    }
    return present.documents();
  }

  private DiscoveryDocuments documents(LiveTypes.State state) {
    var custom =
        state.custom().stream()
            .map(
                one ->
                    new Definitions.CustomKind(
                        one.info().type().groupVersionKind(), one.listKind(), one.schema()))
            .toList();
    return new DiscoveryDocuments(
        state.all(), new Definitions(Schemas.builtIn(), custom), serverAddress);
  }
}
