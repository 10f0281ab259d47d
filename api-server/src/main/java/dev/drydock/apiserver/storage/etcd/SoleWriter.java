package dev.drydock.apiserver.storage.etcd;

import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Ticker;
import dev.drydock.client.time.Timers;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the only api-server of a cluster read consistently without asking etcd.
///
/// The **fence** is a key of etcd on the lease of the server that put it there. Every write of
/// every server is a transaction that also demands that the fence is as the writer believes: put
/// there by himself, at the revision that he remembers, or absent. So while a server's fence
/// stands, no other server's write succeeds, however late it arrives, and whatever that server
/// believes: etcd itself sees to it.
///
/// *Why a read needs no question then.* Let a server's fence have been put at revision `f` and
/// stand at a moment `t` after the read began. Every write acknowledged before the read began is
/// either older than the fence, so at most `f`; or this server's own, and then its revision was
/// entered into the [Tenure] before the acknowledgement was passed on. So the highest revision that
/// the tenure has seen (`f` among them) takes in all of them, and a cache that has applied that
/// one may answer.
///
/// *How it knows that the fence stands at `t`.* The lease lives for [#LIFETIME] from when etcd got
/// the last keep-alive, which is after it was sent; by this process's own ticker, `t` is within
/// [#CERTAIN] of the sending, which is shorter by far more than two clocks drift apart in that
/// time. The ticker goes on while the process is stopped. Only this server takes its fence away
/// before, and forgets it first. A server of the same name (which means: on the same host and
/// port) takes the fence over only when it listens on that port, so its predecessor is gone.
///
/// A second server registers; the first sees it within [#EVERY], takes its fence away, and both ask
/// etcd at each consistent read; the second's first writes wait that long. When one is alone again
/// it puts a fence again. When etcd does not answer, the certainty lapses and reads ask again,
/// to fail like any other request. What somebody else writes into etcd by hand is seen as soon as
/// the watch tells of it.
final class SoleWriter implements Component {
  static final Duration LIFETIME = Duration.ofSeconds(6);
  static final Duration CERTAIN = Duration.ofSeconds(5);
  static final Duration EVERY = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(SoleWriter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  private final EtcdFence fence;
  private final String server;
  private final Tenure tenure;
  private final Timers timers;
  private final Ticker ticker;
  private long lease;
  private boolean closed;

  /// @param server names this server, and no other that lives; empty: it only ever shares
  SoleWriter(EtcdFence fence, String server, Tenure tenure, Timers timers, Ticker ticker) {
    this.fence = fence;
    this.server = server;
    this.tenure = tenure;
    this.timers = timers;
    this.ticker = ticker;
  }

  /// To be called when this server listens where its name says.
  @Override
  public void start() {
    if (!server.isEmpty()) {
      timers.after(Duration.ZERO, this::tick);
    }
  }

  private synchronized void tick() {
    if (closed) {
      return;
    }
    try {
      renew();
    } catch (StatusRuntimeException | StorageException e) {
      LOG.debug("Could not renew the fence: {}", e.getMessage());
    }
    timers.after(EVERY, this::tick);
  }

  /// One round: stay registered, look, act.
  private void renew() {
    long sent = ticker.nanos();
    if (lease == 0 || !fence.keepAlive(lease)) {
      tenure.drop();
      lease = 0;
      sent = ticker.nanos();
      lease = fence.register(LIFETIME);
    }
    long certain = sent + CERTAIN.toNanos();
    FenceView view = fence.look();
    switch (view.decide(server, tenure.fence())) {
      case FenceView.Action.Keep keep -> tenure.hold(view.fence(), certain);
      case FenceView.Action.Claim(long at) -> {
        long claimed = fence.claim(at, lease);
        if (claimed == 0) {
          tenure.drop();
        } else {
          tenure.hold(claimed, certain);
          LOG.info("The only api-server: consistent reads need not ask etcd");
        }
      }
      case FenceView.Action.Yield yield -> {
        tenure.drop();
        fence.remove(view.fence());
        LOG.info("Not the only api-server: consistent reads ask etcd");
      }
      case FenceView.Action.Share share -> tenure.drop();
    }
  }

  /// Called when etcd refused a write since the fence was not as expected: returns when it makes
  /// sense to try again.
  ///
  /// @param expected what the write expected
  /// @param found what etcd has
  /// @param attempt counts from 0
  void awaitChange(long expected, long found, int attempt) {
    if (expected != 0) {
      tenure.drop(expected);
    }
    if (found == tenure.fence()) {
      return;
    }
    Duration longer = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 10));
    var passed = new CompletableFuture<Void>();
    timers.after(
        longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE, () -> passed.complete(null));
    passed.join();
  }

  /// To be called before this server stops listening.
  @Override
  public synchronized void close() {
    closed = true;
    tenure.drop();
    if (lease != 0) {
      try {
        fence.leave(lease);
      } catch (StatusRuntimeException | StorageException e) {
        LOG.debug("The fence stays until its lease ends: {}", e.getMessage());
      }
    }
  }
}
