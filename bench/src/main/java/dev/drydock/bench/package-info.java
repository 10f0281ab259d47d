/// **Is** the benchmarks that `./drydock bench` runs, on a lab of its own.
///
/// **May depend on** everything that is no component.
///
/// **Start reading at** [Bench].
@NullMarked
package dev.drydock.bench;

import org.jspecify.annotations.NullMarked;
