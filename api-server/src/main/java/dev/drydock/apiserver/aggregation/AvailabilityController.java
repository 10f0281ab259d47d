package dev.drydock.apiserver.aggregation;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Looks whether the servers behind APIServices can be reached, and says so in their status. The
/// Services are looked at every second, the servers asked every thirty seconds, after a failure
/// sooner. Without such APIServices nothing is done.
public final class AvailabilityController implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(AvailabilityController.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration RESYNC = Duration.ofSeconds(30);
  private static final int LONGEST_SHIFT = 5;

  private final ApiServices services;
  private final ApiServiceWriter writer;
  private final RemoteProbe probe;
  private final InstantSource clock;
  private final Timers timers;
  private final ResourceType serviceType = BuiltInTypes.get().type("v1", "services");
  private final ResourceType endpointsType = BuiltInTypes.get().type("v1", "endpoints");
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread = Thread.ofVirtual().name("apiservices").unstarted(this::run);
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private Timers.Cancellable next = () -> {};

  /// What came of asking a server.
  ///
  /// @param again when it is asked next
  private record Asked(Backend backend, Availability answer, Instant again, int failures) {}

  public AvailabilityController(
      ApiServices services,
      ApiServiceWriter writer,
      RemoteServers remotes,
      InstantSource clock,
      Timers timers) {
    this.services = services;
    this.writer = writer;
    this.probe = new RemoteProbe(remotes);
    this.clock = clock;
    this.timers = timers;
  }

  @Override
  public void start() {
    services.onChange(wake::release);
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        wake.acquire();
        wake.drainPermits();
        for (ApiServiceEntry entry : services.remotes()) {
          if (busy.add(entry.name())) {
            Thread.ofVirtual().name("apiservice-" + entry.name()).start(() -> look(entry));
          }
        }
        asked.keySet().removeIf(name -> !services.objects().containsKey(name));
        next.cancel();
        if (!services.remotes().isEmpty()) {
          next = timers.after(LOOK, wake::release);
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("APIServices are no more looked at");
    }
  }

  private void look(ApiServiceEntry entry) {
    try {
      Backend backend = entry.backend();
      ObjectNode object = services.objects().get(entry.name());
      if (backend != null && object != null) {
        writer.tell(object, availability(entry, backend));
      }
    } catch (ApiException failure) {
      if (!failure.isConflict() && !failure.isNotFound()) {
        LOG.warn("APIService {}: {}", entry.name(), failure.getMessage());
      }
    } finally {
      busy.remove(entry.name());
    }
  }

  private Availability availability(ApiServiceEntry entry, Backend backend) {
    Optional<Availability> obstacle;
    try {
      obstacle =
          AvailabilityRules.obstacle(
              backend,
              writer.find(serviceType, backend.namespace(), backend.service()).orElse(null),
              writer.find(endpointsType, backend.namespace(), backend.service()).orElse(null));
    } catch (ApiException failure) {
      String message =
          "service/%s in \"%s\" cannot be checked due to: %s"
              .formatted(backend.service(), backend.namespace(), failure.getMessage());
      return new Availability("Unknown", "ServiceAccessError", message);
    }
    if (obstacle.isPresent()) {
      asked.remove(entry.name());
      return obstacle.get();
    }
    Asked before = asked.get(entry.name());
    boolean same = before != null && before.backend().equals(backend);
    Instant now = clock.instant();
    if (before != null && same && now.isBefore(before.again())) {
      return before.answer();
    }
    Availability answer = probe.ask(entry);
    int failures = answer.isAvailable() ? 0 : (before != null && same ? before.failures() + 1 : 1);
    Duration pause =
        failures == 0 ? RESYNC : Duration.ofSeconds(1L << Math.min(failures - 1, LONGEST_SHIFT));
    Duration until = pause.compareTo(RESYNC) > 0 ? RESYNC : pause;
    asked.put(
        entry.name(),
        new Asked(backend, answer, clock.instant().plus(timers.scaled(until)), failures));
    return answer;
  }
}
