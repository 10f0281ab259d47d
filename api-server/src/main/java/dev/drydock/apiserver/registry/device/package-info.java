/// **Is** what is special about devices: classes, claims, slices.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [ResourceClaimStrategy].
@NullMarked
package dev.drydock.apiserver.registry.device;

import org.jspecify.annotations.NullMarked;
