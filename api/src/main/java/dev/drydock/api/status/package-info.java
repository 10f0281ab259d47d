/// **Is** the one error language: `Status`, its reasons and causes, and the exception that carries
/// it.
///
/// **May depend on** `api.meta`.
///
/// **Start reading at** [ApiException].
@NullMarked
package dev.drydock.api.status;

import org.jspecify.annotations.NullMarked;
