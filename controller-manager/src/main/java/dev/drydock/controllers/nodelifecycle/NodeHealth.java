package dev.drydock.controllers.nodelifecycle;

import java.time.Instant;

/// What was last seen of a node, and when it last gave a sign of life by our own clock: a node's
/// clock is not trusted.
///
/// @param heartbeat of its Ready condition, as written; empty: it has none
/// @param lease when it last renewed its Lease, as written; empty: it has none
/// @param alive when one of them last changed
record NodeHealth(String heartbeat, String lease, Instant alive) {
  NodeHealth aliveAt(Instant time) {
    return new NodeHealth(heartbeat, lease, time);
  }
}
