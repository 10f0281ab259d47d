/// **Is** the garbage collector: deletes what has no owner left, and holds owners back until
/// what they own is gone, or set free.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`.
///
/// **Start reading at** [OwnershipGraph], [GarbageCollector].
@NullMarked
package dev.drydock.controllers.garbage;

import org.jspecify.annotations.NullMarked;
