/// **Is** the scheduler as a process: takes pods without a node one by one, decides, and binds.
///
/// **May depend on** its sub-packages, `client.*` (`client.rpc` only in `Main`), `api.*`.
///
/// **Start reading at** [Scheduler], [Main].
@NullMarked
package dev.drydock.scheduler;

import org.jspecify.annotations.NullMarked;
