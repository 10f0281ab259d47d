/// **Is** the read side: reflector, indexed store, informer, lister.
///
/// **May depend on** `api.*`, `client.resource`, `client.time`, `client.lifecycle`.
///
/// **Start reading at** [Informer].
@NullMarked
package dev.drydock.client.cache;

import org.jspecify.annotations.NullMarked;
