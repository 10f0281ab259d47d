/// **Is** telling the ledger what a component did outside the API.
///
/// **May depend on** `api.meta`, `client.cause`, `client.lifecycle`, `client.time`.
///
/// **Start reading at** [Effects].
@NullMarked
package dev.drydock.client.ledger;

import org.jspecify.annotations.NullMarked;
