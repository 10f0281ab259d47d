/// **Is** what is special about ConfigMaps and Secrets.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [ConfigMapStrategy].
@NullMarked
package dev.drydock.apiserver.registry.config;

import org.jspecify.annotations.NullMarked;
