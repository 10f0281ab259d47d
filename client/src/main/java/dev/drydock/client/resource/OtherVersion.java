package dev.drydock.client.resource;

import dev.drydock.api.meta.ResourceType;
import java.util.List;
import java.util.Set;

/// A group version that another server of the API serves.
///
/// @param groupVersion `garden.example.com/v1`
/// @param types as the server told last
public record OtherVersion(String groupVersion, Freshness freshness, List<Served> types) {
  public OtherVersion {
    types = List.copyOf(types);
  }

  /// Whether the server can be asked at the moment.
  public enum Freshness {
    CURRENT,
    STALE
  }

  /// One type.
  ///
  /// @param verbs what can be done with its objects: `list`, `delete`
  public record Served(ResourceType type, Set<String> verbs) {
    public Served {
      verbs = Set.copyOf(verbs);
    }

    /// Whether all of these can be done.
    public boolean allows(String... wanted) {
      return verbs.containsAll(List.of(wanted));
    }
  }
}
