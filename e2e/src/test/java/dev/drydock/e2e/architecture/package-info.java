/// **Is** the rules of the architecture, as tests; each says why it is there.
///
/// **May depend on** ArchUnit and everything it judges.
///
/// **Start reading at** `ArchitectureTest`.
@NullMarked
package dev.drydock.e2e.architecture;

import org.jspecify.annotations.NullMarked;
