package dev.drydock.client.event;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.cause.Causes;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.time.Timers;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events to the api-server, on threads of its own. Equal events that wait together become
/// one write; what does not fit in the queue is dropped.
public final class ApiEventRecorder implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(ApiEventRecorder.class);
  private static final int WRITERS = 4;
  private static final int MOST_WAITING = 2500;
  private static final String DEFAULT_NAMESPACE = "default";
  private static final int LONGEST_MESSAGE = 1024;

  private final ResourceClient<Event> events;
  private final InstantSource clock;
  private final EventPace pace;
  private final List<Writer> writers = new ArrayList<>();

  /// Something recorded that is not written yet.
  private record Pending(
      EventSource source,
      ObjectReference about,
      EventRecorder.Type type,
      String reason,
      String message,
      Instant time,
      Causes.Scope causes) {

    EventCorrelator.Similar similar() {
      String uid = about.getUid() == null ? "" : about.getUid();
      return new EventCorrelator.Similar(
          source,
          uid,
          about.getKind() + " " + about.getNamespace() + "/" + about.getName(),
          type.text(),
          reason);
    }
  }

  public ApiEventRecorder(Api api, InstantSource clock, Timers timers) {
    this.pace = new EventPace(timers);
    this.events = api.resource(Kinds.EVENT);
    this.clock = clock;
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Writer(i));
    }
  }

  /// A recorder for one source; any number may share the writers.
  public EventRecorder as(EventSource source) {
    return (about, type, reason, message) -> {
      var pending =
          new Pending(
              source,
              reference(about),
              type,
              reason,
              message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE),
              clock.instant(),
              new Causes.Scope(Causes.current().revisions(), Causes.Scope.NONE.writes()));
      int writer = Math.floorMod(pending.similar().about().hashCode(), WRITERS);
      writers.get(writer).add(pending);
    };
  }

  private static ObjectReference reference(HasMetadata about) {
    return new ObjectReferenceBuilder()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .withResourceVersion(about.getMetadata().getResourceVersion())
        .build();
  }

  @Override
  public void start() {
    writers.forEach(Writer::start);
  }

  @Override
  public void close() {
    writers.forEach(Writer::close);
  }

  /// Owns the events of some objects, so that those of one object are written in order.
  private final class Writer {
    private final BlockingQueue<Pending> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final EventCorrelator correlator = new EventCorrelator();
    private final Thread thread;
    private long lastName;

    Writer(int number) {
      thread = Thread.ofVirtual().name("events-" + number).unstarted(this::run);
    }

    void add(Pending pending) {
      if (!waiting.offer(pending)) {
        LOG.debug("event lost, too many wait: {} {}", pending.reason(), pending.message());
      }
    }

    void start() {
      thread.start();
    }

    void close() {
      thread.interrupt();
      if (thread.getState() != Thread.State.NEW) {
        try {
          thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private void run() {
      List<Pending> taken = new ArrayList<>();
      try {
        while (true) {
          taken.add(waiting.take());
          waiting.drainTo(taken);
          write(taken);
          taken.clear();
        }
      } catch (InterruptedException _) {
        LOG.debug("event writer ends");
      }
    }

    private void write(List<Pending> taken) throws InterruptedException {
      Map<EventCorrelator.Same, List<Pending>> groups = new LinkedHashMap<>();
      for (Pending one : taken) {
        Optional<EventCorrelator.Same> same =
            correlator.admit(one.similar(), one.message(), one.time());
        same.ifPresent(key -> groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(one));
      }
      for (var entry : groups.entrySet()) {
        pace.await();
        List<Pending> group = entry.getValue();
        group.getLast().causes().run(() -> writeGroup(entry.getKey(), group));
      }
    }

    private void writeGroup(EventCorrelator.Same same, List<Pending> group) {
      try {
        Optional<EventCorrelator.Known> known = correlator.find(same);
        if (known.isPresent() && countUp(same, known.get(), group)) {
          return;
        }
        Event event = event(same, group, nextName());
        events.create(event);
        correlator.remember(
            same,
            new EventCorrelator.Known(
                event.getMetadata().getName(), group.size(), group.getFirst().time()));
      } catch (ApiException failure) {
        LOG.debug("event lost: {}: {}", same.message(), failure.getMessage());
      }
    }

    /// The time in nanoseconds, but never the same twice.
    private long nextName() {
      Instant now = clock.instant();
      long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
      lastName = Math.max(lastName + 1, nanos);
      return lastName;
    }

    /// @return `false` when the object that counted is gone
    private boolean countUp(
        EventCorrelator.Same same, EventCorrelator.Known known, List<Pending> group) {
      int count = known.count() + group.size();
      String patch =
          "{\"count\":"
              + count
              + ",\"lastTimestamp\":\""
              + KubernetesTime.seconds(group.getLast().time())
              + "\",\"message\":"
              + quoted(same.message())
              + "}";
      try {
        events.patch(
            ObjectKey.of(namespace(group.getLast()), known.name()), new Patch.Merge(patch));
        correlator.remember(same, new EventCorrelator.Known(known.name(), count, known.first()));
        return true;
      } catch (ApiException failure) {
        if (!failure.isNotFound()) {
          throw failure;
        }
        correlator.forget(same);
        return false;
      }
    }
  }

  private static String namespace(Pending pending) {
    String namespace = pending.about().getNamespace();
    return namespace == null || namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace;
  }

  private static String quoted(String text) {
    return new String(TypedCodec.write(text), StandardCharsets.UTF_8);
  }

  private static Event event(EventCorrelator.Same same, List<Pending> group, long number) {
    Pending last = group.getLast();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(namespace(last))
        .withName(last.about().getName() + "." + Long.toHexString(number))
        .endMetadata()
        .withInvolvedObject(last.about())
        .withReason(last.reason())
        .withMessage(same.message())
        .withType(last.type().text())
        .withNewSource()
        .withComponent(last.source().component())
        .withHost(last.source().host().isEmpty() ? null : last.source().host())
        .endSource()
        .withFirstTimestamp(KubernetesTime.seconds(group.getFirst().time()))
        .withLastTimestamp(KubernetesTime.seconds(last.time()))
        .withCount(group.size())
        .withReportingComponent(last.source().component())
        .withReportingInstance(last.source().host())
        .build();
  }
}
