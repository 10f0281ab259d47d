/// **Is** what is special about APIServices: their shape.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [ApiServiceStrategy].
@NullMarked
package dev.drydock.apiserver.registry.aggregation;

import org.jspecify.annotations.NullMarked;
