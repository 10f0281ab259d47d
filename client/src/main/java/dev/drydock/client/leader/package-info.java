/// **Is** one of several doing the work.
///
/// **May depend on** `client.resource`, `client.time`, `client.event`.
///
/// **Start reading at** [LeaderElection], [LeaseDecision].
@NullMarked
package dev.drydock.client.leader;

import org.jspecify.annotations.NullMarked;
