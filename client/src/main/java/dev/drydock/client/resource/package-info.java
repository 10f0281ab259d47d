/// **Is** typed access to the API; no transport in sight.
///
/// **May depend on** `api.*`.
///
/// **Start reading at** [Api], [ResourceClient].
@NullMarked
package dev.drydock.client.resource;

import org.jspecify.annotations.NullMarked;
