package dev.drydock.apiserver.webhook;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.request.Notices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.node.ObjectNode;

/// Validating webhooks asked about one write: all at once.
public final class Validation {
  private Validation() {}

  /// Lets one at a time speak.
  private record Serial(Notices notices) implements Notices {
    @Override
    public void accept(String warning) {
      synchronized (notices) {
        notices.accept(warning);
      }
    }

    @Override
    public void annotate(String key, String value) {
      synchronized (notices) {
        notices.annotate(key, value);
      }
    }
  }

  /// @param configurations as the cache has them
  /// @throws ApiException when one refuses: the first of them
  public static void run(
      AdmissionWebhooks webhooks,
      List<ObjectNode> configurations,
      Attempt attempt,
      Notices notices) {
    List<Hook> hooks = webhooks.hooks(configurations);
    if (hooks.size() < 2) {
      hooks.forEach(hook -> webhooks.ask(hook, attempt, notices));
      return;
    }
    Notices serial = new Serial(notices);
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Hook hook : hooks) {
        calls.add(threads.submit(() -> webhooks.ask(hook, attempt, serial)));
      }
    }
    for (Future<?> call : calls) {
      try {
        call.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ApiException refused) {
          throw refused;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApiException.internalError("interrupted");
      }
    }
  }
}
