package dev.drydock.controllers.tainteviction;

import java.time.Duration;

/// What taints do to a pod.
public sealed interface TaintEvictionAction {
  record Stay() implements TaintEvictionAction {}

  /// It is tolerated for this long still.
  record EvictLater(Duration after) implements TaintEvictionAction {}

  record Evict() implements TaintEvictionAction {}
}
