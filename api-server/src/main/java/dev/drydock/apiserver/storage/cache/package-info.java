/// **Is** the store's content in memory: one watch of the whole tree feeds, per resource type,
/// a sorted immutable state and a bounded log of events, from which reads and watches are
/// answered.
///
/// **May depend on** `apiserver.storage`, `client.time`, `client.lifecycle`.
///
/// **Start reading at** [CachedObjectStore]; then `TypeCache`, `Watcher`.
@NullMarked
package dev.drydock.apiserver.storage.cache;

import org.jspecify.annotations.NullMarked;
