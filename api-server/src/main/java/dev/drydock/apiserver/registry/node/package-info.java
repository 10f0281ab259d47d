/// **Is** what is special about Nodes.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [NodeStrategy].
@NullMarked
package dev.drydock.apiserver.registry.node;

import org.jspecify.annotations.NullMarked;
