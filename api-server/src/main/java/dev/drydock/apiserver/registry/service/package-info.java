/// **Is** what is special about Services and the addresses and ports that they hold.
///
/// **May depend on** `registry.strategy`, `apiserver.allocation`, `api.*`.
///
/// **Start reading at** [ServiceStrategy].
@NullMarked
package dev.drydock.apiserver.registry.service;

import org.jspecify.annotations.NullMarked;
