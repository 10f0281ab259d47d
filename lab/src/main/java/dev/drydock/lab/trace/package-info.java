/// **Is** the ledger turned into a tree of cause and effect, and its text form. Pure.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [TraceTree].
@NullMarked
package dev.drydock.lab.trace;

import org.jspecify.annotations.NullMarked;
