package dev.drydock.apiserver.aggregation;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Asks a server for its discovery document, five times at once: endpoints may differ, and one that
/// answers is enough.
record RemoteProbe(RemoteServers remotes) {
  private static final int ATTEMPTS = 5;
  private static final int OK = 200;
  private static final int MULTIPLE_CHOICES = 300;

  Availability ask(ApiServiceEntry entry) {
    Callable<Availability> attempt = () -> attempt(entry);
    List<Callable<Availability>> attempts = Collections.nCopies(ATTEMPTS, attempt);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAny(attempts);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      return Availability.no("FailedDiscoveryCheck", String.valueOf(cause.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Availability.no("FailedDiscoveryCheck", "interrupted");
    }
  }

  private Availability attempt(ApiServiceEntry entry) throws IOException {
    String url = url(entry);
    int code;
    try {
      code = remotes.get(entry, entry.path(), "application/json").code();
    } catch (IOException failure) {
      throw new IOException(
          "failing or missing response from "
              + url
              + ": Get \""
              + url
              + "\": "
              + failure.getMessage(),
          failure);
    }
    if (code < OK || code >= MULTIPLE_CHOICES) {
      throw new IOException(
          "failing or missing response from " + url + ": bad status from " + url + ": " + code);
    }
    return Availability.PASSED;
  }

  private static String url(ApiServiceEntry entry) {
    ApiServiceEntry.Backend backend = entry.backend();
    return backend == null
        ? entry.path()
        : "https://" + backend.serverName() + ":" + backend.port() + entry.path();
  }
}
