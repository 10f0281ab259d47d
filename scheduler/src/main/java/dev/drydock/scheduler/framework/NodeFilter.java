package dev.drydock.scheduler.framework;

import java.util.Optional;
import java.util.Set;

/// A filter rule, made ready for one pod.
@FunctionalInterface
public interface NodeFilter {
  /// Every node is right.
  NodeFilter ANY = _ -> Verdict.FITS;

  Verdict filter(NodeView node);

  /// The only nodes worth asking about, when the rule knows them by name.
  default Optional<Set<String>> candidates() {
    return Optional.empty();
  }
}
