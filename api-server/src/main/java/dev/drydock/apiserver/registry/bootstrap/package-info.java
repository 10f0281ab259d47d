/// **Is** what must be there before anybody can use the cluster.
///
/// **May depend on** `apiserver.request`, `registry.strategy`, `registry.policy`, `api.*`.
///
/// **Start reading at** [Bootstrap].
@NullMarked
package dev.drydock.apiserver.registry.bootstrap;

import org.jspecify.annotations.NullMarked;
