package dev.drydock.apiserver.request;

import dev.drydock.api.meta.Revision;
import java.util.List;

/// Answer of a list.
///
/// @param continueToken empty: complete
/// @param remaining how many follow; 0 also when it is not known (with a selector)
public record ObjectList(
    List<StoredObject> items, Revision revision, String continueToken, long remaining) {}
