package dev.drydock.kubelet.pods;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The pod's `activeDeadlineSeconds`, which may be set or shortened while it runs. Lives in the
/// pod's mailbox.
final class PodDeadline {
  private final PodContext context;
  private final Runnable passed;
  private @Nullable Long seconds;
  private int turn;

  /// @param passed called in the mailbox; must not mind to be called late
  PodDeadline(PodContext context, Runnable passed) {
    this.context = context;
    this.passed = passed;
  }

  /// Takes the pod's present wish.
  void arm() {
    Long wanted = context.pod.getSpec().getActiveDeadlineSeconds();
    if (Objects.equals(wanted, seconds)) {
      return;
    }
    seconds = wanted;
    int mine = ++turn;
    if (wanted == null) {
      return;
    }
    Instant started = context.startedAt == null ? context.now() : context.startedAt;
    context.laterAfter(
        context.remaining(Duration.ofSeconds(wanted), started),
        () -> {
          if (turn == mine) {
            passed.run();
          }
        });
  }
}
