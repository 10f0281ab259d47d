/// **Is** how a controller finds the objects that are its own: by owner reference, adopting
/// orphans that match its selector and releasing what no longer does.
///
/// **May depend on** `api.*`; the executor also on `client.resource`.
///
/// **Start reading at** [ClaimPlan].
@NullMarked
package dev.drydock.controllers.ownership;

import org.jspecify.annotations.NullMarked;
