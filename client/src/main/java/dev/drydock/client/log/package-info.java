/// **Is** the interaction log: one line a step.
///
/// **May depend on** `api.meta`, `client.cause`, SLF4J.
///
/// **Start reading at** [InteractionLog].
@NullMarked
package dev.drydock.client.log;

import org.jspecify.annotations.NullMarked;
