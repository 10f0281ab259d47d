package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;
import java.util.List;

/// Part of a list, in order of key.
///
/// @param revision the state of the store it shows
/// @param remaining how many keys follow after the last one
public record StoredPage(List<Stored> items, Revision revision, long remaining) {
  public StoredPage {
    items = List.copyOf(items);
  }
}
