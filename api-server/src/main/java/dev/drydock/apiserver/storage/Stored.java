package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;

/// A value as it is kept.
///
/// @param revision of the write that made it so
public record Stored(StoreKey key, Bytes value, Revision revision) {}
