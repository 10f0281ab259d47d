package dev.drydock.client.resource;

import dev.drydock.api.meta.Revision;
import java.util.List;

/// Objects as they were at one revision, in order of key.
public record Listed<T>(List<T> items, Revision revision) {
  public Listed {
    items = List.copyOf(items);
  }
}
