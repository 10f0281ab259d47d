/// **Is** the lab as containers, one per process: `docker compose` on the repository's
/// `docker-compose.yml`.
///
/// **May depend on** `lab.process` (where a lab's files are), the JDK.
///
/// **Start reading at** [ComposeLab].
@NullMarked
package dev.drydock.lab.compose;

import org.jspecify.annotations.NullMarked;
