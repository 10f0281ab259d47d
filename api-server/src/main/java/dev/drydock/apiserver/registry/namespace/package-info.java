/// **Is** what is special about Namespaces: their phase, and that they end only when they are
/// empty.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [NamespaceStrategy].
@NullMarked
package dev.drydock.apiserver.registry.namespace;

import org.jspecify.annotations.NullMarked;
