/// **Is** what is special about StorageClasses and the kinds of the container storage interface.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [StorageClassStrategy].
@NullMarked
package dev.drydock.apiserver.registry.storage;

import org.jspecify.annotations.NullMarked;
