/// **Is** what several controllers must know about a pod: whether it is ready, available,
/// active, ending.
///
/// **May depend on** `api.*`, `controllers.moment`; no clock, no client.
///
/// **Start reading at** [PodFacts].
@NullMarked
package dev.drydock.controllers.pods;

import org.jspecify.annotations.NullMarked;
