/// **Is** doing many like things at once without flooding the server.
///
/// **May depend on** `client.cause`.
///
/// **Start reading at** [Batch].
@NullMarked
package dev.drydock.controllers.batch;

import org.jspecify.annotations.NullMarked;
