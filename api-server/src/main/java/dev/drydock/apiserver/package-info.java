/// **Is** the api-server as a process: flags, and all parts put together.
///
/// **May depend on** everything in the module.
///
/// **Start reading at** [ApiServer].
@NullMarked
package dev.drydock.apiserver;

import org.jspecify.annotations.NullMarked;
