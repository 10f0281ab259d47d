package dev.drydock.scheduler.queue;

import dev.drydock.api.meta.Revision;
import dev.drydock.scheduler.framework.PodView;
import java.time.Instant;
import java.util.List;

/// A pod that waits for a node.
///
/// @param attempts how often it was tried before
/// @param arrived when it was first seen
/// @param causes what made it worth a try: its own revision, and the event that woke it
public record QueuedPod(PodView pod, int attempts, Instant arrived, List<Revision> causes) {
  public QueuedPod {
    causes = List.copyOf(causes);
  }

  QueuedPod withPod(PodView newer) {
    return new QueuedPod(newer, attempts, arrived, causes);
  }

  QueuedPod withCauses(List<Revision> newer) {
    return new QueuedPod(pod, attempts, arrived, newer);
  }

  QueuedPod triedAgain() {
    return new QueuedPod(pod, attempts + 1, arrived, causes);
  }
}
