/// **Is** resource quantities (`500m`, `1Gi`): exact, comparable, printed canonically.
///
/// **May depend on** the JDK and fabric8's model.
///
/// **Start reading at** [Quantity].
@NullMarked
package dev.drydock.api.quantity;

import org.jspecify.annotations.NullMarked;
