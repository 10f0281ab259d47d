/// **Is** identity and metadata of Kubernetes objects as values.
///
/// **May depend on** the JDK and fabric8's model.
///
/// **Start reading at** [ResourceType], [ObjectKey].
@NullMarked
package dev.drydock.api.meta;

import org.jspecify.annotations.NullMarked;
