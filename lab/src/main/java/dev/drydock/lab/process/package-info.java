/// **Is** components as host processes: start, find again, signal, stop.
///
/// **May depend on** `lab.topology`, the JDK.
///
/// **Start reading at** [Lab], then [Launcher].
@NullMarked
package dev.drydock.lab.process;

import org.jspecify.annotations.NullMarked;
