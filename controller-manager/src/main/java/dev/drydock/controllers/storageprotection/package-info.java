/// **Is** the protection of storage in use: volumes, claims and attribute classes are held by a
/// finalizer until nobody uses them.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.moment`, `controllers.pods`.
///
/// **Start reading at** [StorageProtection].
@NullMarked
package dev.drydock.controllers.storageprotection;

import org.jspecify.annotations.NullMarked;
