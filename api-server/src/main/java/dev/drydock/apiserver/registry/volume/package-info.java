/// **Is** what is special about volumes and the claims for them.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [ClaimStrategy].
@NullMarked
package dev.drydock.apiserver.registry.volume;

import org.jspecify.annotations.NullMarked;
