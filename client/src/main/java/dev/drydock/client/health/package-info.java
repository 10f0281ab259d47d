/// **Is** what a process tells of itself: health, readiness, metrics.
///
/// **May depend on** the JDK's HTTP server.
///
/// **Start reading at** [HealthServer], [Metrics].
@NullMarked
package dev.drydock.client.health;

import org.jspecify.annotations.NullMarked;
