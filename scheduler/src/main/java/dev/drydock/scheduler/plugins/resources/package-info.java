/// **Is** the rules about resources: they must be enough, and are best used evenly.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [NodeResourcesFit].
@NullMarked
package dev.drydock.scheduler.plugins.resources;

import org.jspecify.annotations.NullMarked;
