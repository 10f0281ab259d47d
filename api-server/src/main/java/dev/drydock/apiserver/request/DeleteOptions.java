package dev.drydock.apiserver.request;

import org.jspecify.annotations.Nullable;

/// Options of a delete.
///
/// @param gracePeriodSeconds null: the object's own
/// @param propagation empty: the kind's default; else `Background`, `Foreground`, `Orphan`
/// @param uid precondition; empty: none
/// @param resourceVersion precondition; empty: none
public record DeleteOptions(
    @Nullable Long gracePeriodSeconds,
    String propagation,
    String uid,
    String resourceVersion,
    WriteOptions.Persistence persistence) {}
