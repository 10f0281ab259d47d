package dev.drydock.client.leader;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.time.Timers;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a component only while this process holds a Lease.
///
/// ```
/// waiting -(lease free or run out)-> leading: the component starts
/// leading -(not renewed in time, or taken)-> lost: told once; it should be closed at once
/// leading -(closed)-> the component closes, then the lease is given back
/// ```
public final class LeaderElection implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);
  private static final double JITTER = 1.2;

  /// Between the first tries while nobody answers, or the server does not know us yet.
  private static final Duration KNOCK = Duration.ofMillis(250);

  private static final int MOST_KNOCKS = 120;

  private final Settings settings;
  private final ResourceClient<Lease> leases;
  private final EventRecorder events;
  private final Clocks clocks;
  private final Component led;
  private final Runnable lost;
  private final Thread thread;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private State state = State.WAITING;

  /// What we last saw, and when we first saw it so. Only the thread's.
  private @Nullable Lease seen;

  private Instant seenSince = Instant.EPOCH;
  private int knocks = MOST_KNOCKS;
  private volatile boolean started;
  private String complaint = "";

  private enum State {
    WAITING,
    LEADING,
    CLOSED
  }

  /// @param lease which object: `kube-system/kube-scheduler`
  /// @param identity unique: `HOST_UUID`
  public record Settings(
      ObjectKey lease,
      String identity,
      Duration leaseDuration,
      Duration renewDeadline,
      Duration retryPeriod) {

    /// Kubernetes' own times: 15, 10 and 2 seconds.
    public static Settings of(String component, String identity) {
      return new Settings(
          ObjectKey.of("kube-system", component),
          identity,
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));
    }
  }

  /// Time and chance.
  public record Clocks(InstantSource clock, Timers timers, RandomGenerator random) {}

  /// @param led started when we lead; never started again after it was closed
  /// @param lost called at most once, when we led and no longer do
  public LeaderElection(
      Settings settings,
      ResourceClient<Lease> leases,
      EventRecorder events,
      Clocks clocks,
      Component led,
      Runnable lost) {
    this.settings = settings;
    this.leases = leases;
    this.events = events;
    this.clocks = clocks;
    this.led = led;
    this.lost = lost;
    this.thread = Thread.ofVirtual().name("leader-election").unstarted(this::run);
  }

  /// Whether we lead now.
  public boolean isLeading() {
    synchronized (lock) {
      return state == State.LEADING;
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    boolean leads;
    synchronized (lock) {
      leads = state == State.LEADING;
      state = State.CLOSED;
    }
    thread.interrupt();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (started) {
      led.close();
    }
    if (leads) {
      release();
    }
  }

  private void run() {
    try {
      acquire();
      synchronized (lock) {
        if (state == State.CLOSED) {
          return;
        }
        state = State.LEADING;
      }
      LOG.info("successfully acquired lease {}", settings.lease());
      if (seen != null) {
        events.record(
            seen,
            EventRecorder.Type.NORMAL,
            "LeaderElection",
            settings.identity() + " became leader");
      }
      started = true;
      led.start();
      keep();
      synchronized (lock) {
        if (state == State.CLOSED) {
          return;
        }
        state = State.WAITING;
      }
      LOG.warn("lost lease {}", settings.lease());
      lost.run();
    } catch (InterruptedException _) {
      LOG.debug("leader election ends");
    }
  }

  private void acquire() throws InterruptedException {
    LOG.info("attempting to acquire leader lease {}...", settings.lease());
    while (!tryToHold()) {
      pause(knocks > 0 ? KNOCK : jittered(settings.retryPeriod()));
    }
  }

  /// Renews until that has not worked for the renew deadline, or someone else holds the lease.
  private void keep() throws InterruptedException {
    Instant renewed = clocks.clock().instant();
    while (true) {
      pause(settings.retryPeriod());
      if (tryToHold()) {
        renewed = clocks.clock().instant();
      } else {
        Duration since = Duration.between(renewed, clocks.clock().instant());
        boolean taken = seen != null && !settings.identity().equals(holder(seen));
        if (taken || since.compareTo(clocks.timers().scaled(settings.renewDeadline())) >= 0) {
          return;
        }
      }
    }
  }

  private static String holder(Lease lease) {
    String holder = lease.getSpec() == null ? null : lease.getSpec().getHolderIdentity();
    return holder == null ? "" : holder;
  }

  /// @return whether we hold the lease now
  private boolean tryToHold() {
    Instant now = clocks.clock().instant();
    try {
      observe(leases.get(settings.lease()), now);
      knocks = 0;
      Lease present = seen;
      if (present == null) {
        return false;
      }
      Duration patience = clocks.timers().scaled(settings.leaseDuration());
      return switch (LeaseDecision.decide(present, settings.identity(), seenSince, patience, now)) {
        case LeaseDecision.Move.Take(Lease lease) -> write(lease, now);
        case LeaseDecision.Move.Renew(Lease lease) -> write(lease, now);
        case LeaseDecision.Move.Wait(String holder) -> {
          LOG.debug("lease {} is held by {}", settings.lease(), holder);
          yield false;
        }
      };
    } catch (ApiException failure) {
      if (failure.isNotFound()) {
        return make(now);
      }
      complain("cannot be had", failure);
      return false;
    }
  }

  /// Says why, but the same thing only once.
  private void complain(String what, ApiException failure) {
    knocks--;
    String text = what + ": " + failure.getMessage();
    if (!text.equals(complaint)) {
      LOG.info("lease {} {}", settings.lease(), text);
      complaint = text;
    }
  }

  private boolean write(Lease lease, Instant now) {
    observe(leases.update(lease), now);
    return true;
  }

  private boolean make(Instant now) {
    try {
      Lease lease =
          new LeaseBuilder()
              .withNewMetadata()
              .withNamespace(settings.lease().namespace())
              .withName(settings.lease().name())
              .endMetadata()
              .withNewSpecLike(
                  LeaseDecision.held(settings.identity(), settings.leaseDuration(), 0, now))
              .endSpec()
              .build();
      observe(leases.create(lease), now);
      return true;
    } catch (ApiException failure) {
      complain("cannot be made", failure);
      return false;
    }
  }

  private void observe(Lease lease, Instant now) {
    if (seen == null || !Revision.of(seen).equals(Revision.of(lease))) {
      seen = lease;
      seenSince = now;
    }
  }

  private void release() {
    Lease held = seen;
    if (held == null) {
      return;
    }
    try {
      leases.update(LeaseDecision.released(held, clocks.clock().instant()));
    } catch (ApiException failure) {
      LOG.info("lease {} was not given back: {}", settings.lease(), failure.getMessage());
    }
  }

  private Duration jittered(Duration base) {
    double factor = 1 + JITTER * clocks.random().nextDouble();
    return Duration.ofNanos((long) (base.toNanos() * factor));
  }

  private void pause(Duration duration) throws InterruptedException {
    var over = new CountDownLatch(1);
    Timers.Cancellable timer = clocks.timers().after(duration, over::countDown);
    try {
      over.await();
    } finally {
      timer.cancel();
    }
  }
}
