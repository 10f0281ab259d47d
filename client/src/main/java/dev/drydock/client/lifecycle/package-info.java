/// **Is** the one life cycle of running parts.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [Component].
@NullMarked
package dev.drydock.client.lifecycle;

import org.jspecify.annotations.NullMarked;
