/// **Is** what is special about Events: their short life, and their two versions.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [EventStrategy].
@NullMarked
package dev.drydock.apiserver.registry.event;

import org.jspecify.annotations.NullMarked;
