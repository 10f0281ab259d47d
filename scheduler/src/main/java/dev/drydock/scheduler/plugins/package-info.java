/// **Is** the list of the rules by which the default scheduler decides.
///
/// **May depend on** its sub-packages, `scheduler.framework`.
///
/// **Start reading at** [DefaultPlugins].
@NullMarked
package dev.drydock.scheduler.plugins;

import org.jspecify.annotations.NullMarked;
