/// **Is** `componentstatuses`: not stored, asked for each time.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [ComponentStatuses].
@NullMarked
package dev.drydock.apiserver.registry.componentstatus;

import org.jspecify.annotations.NullMarked;
