/// **Is** what a lab consists of, as values: addresses, nodes, components.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [Topology].
@NullMarked
package dev.drydock.lab.topology;

import org.jspecify.annotations.NullMarked;
