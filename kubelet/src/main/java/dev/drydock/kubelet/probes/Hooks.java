package dev.drydock.kubelet.probes;

import dev.drydock.client.time.Timers;
import dev.drydock.kubelet.probes.Check.Answer;
import dev.drydock.kubelet.probes.Check.Result;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Runs `postStart` and `preStop` hooks. Blocking.
public record Hooks(Checks checks, Timers timers) {

  /// @param limit after which it is given up
  /// @return what went wrong; nothing when all went well
  public Optional<String> run(LifecycleHandler hook, Checks.Target target, Duration limit)
      throws InterruptedException {
    if (hook.getSleep() != null) {
      Duration wanted = Duration.ofSeconds(hook.getSleep().getSeconds());
      sleep(wanted.compareTo(limit) < 0 ? wanted : limit);
      return Optional.empty();
    }
    if (hook.getExec() != null) {
      Answer answer = checks.exec(hook.getExec().getCommand(), target, limit);
      return answer.result() == Result.SUCCESS
          ? Optional.empty()
          : Optional.of(
              "rpc error: command '"
                  + String.join(" ", hook.getExec().getCommand())
                  + "' failed: "
                  + answer.text());
    }
    if (hook.getHttpGet() != null) {
      Answer answer = checks.http(hook.getHttpGet(), target, limit);
      return answer.result() == Result.SUCCESS ? Optional.empty() : Optional.of(answer.text());
    }
    return Optional.empty();
  }

  private void sleep(Duration time) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Timers.Cancellable timer = timers.after(time, over::countDown);
    try {
      over.await();
    } finally {
      timer.cancel();
    }
  }
}
