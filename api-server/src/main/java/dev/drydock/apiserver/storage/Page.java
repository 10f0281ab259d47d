package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;
import java.util.Optional;

/// Which part of a list, as of when.
///
/// @param limit at most so many; 0: all
/// @param after only keys greater than this one
/// @param at the state at that revision; NONE: the most recent
public record Page(int limit, Optional<StoreKey> after, Revision at) {
  public static final Page ALL = new Page(0, Optional.empty(), Revision.NONE);
}
