/// **Is** what the api-server counts, in Prometheus' text form.
///
/// **May depend on** `apiserver.filter`, `apiserver.request`, `client.health`.
///
/// **Start reading at** [RequestMetrics].
@NullMarked
package dev.drydock.apiserver.metrics;

import org.jspecify.annotations.NullMarked;
