/// **Is** bytes, revisions and compare-and-set: all that the registry needs of a store.
///
/// **May depend on** `api.meta`.
///
/// **Start reading at** [ObjectStore]; then [ObjectReader], what a cache adds.
@NullMarked
package dev.drydock.apiserver.storage;

import org.jspecify.annotations.NullMarked;
