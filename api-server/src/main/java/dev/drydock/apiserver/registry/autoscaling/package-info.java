/// **Is** what is special about HorizontalPodAutoscalers: their two versions.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [AutoscalerConversion].
@NullMarked
package dev.drydock.apiserver.registry.autoscaling;

import org.jspecify.annotations.NullMarked;
