/// **Is** the time at which a plan is made, and how far back things lie by Kubernetes' clock.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [Moment].
@NullMarked
package dev.drydock.controllers.moment;

import org.jspecify.annotations.NullMarked;
