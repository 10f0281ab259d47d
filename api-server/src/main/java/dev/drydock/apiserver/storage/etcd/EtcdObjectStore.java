package dev.drydock.apiserver.storage.etcd;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.KnownRevision;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreHealth;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StoreListener;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.apiserver.storage.StoredPage;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.time.Ticker;
import dev.drydock.client.time.Timers;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The store on etcd. Requests fail with `Unavailable` after the settings' timeout; until then
/// they wait for a member that can be reached. Watches survive lost connections. Writes of
/// several servers respect each other's fence, see [SoleWriter].
public final class EtcdObjectStore implements ObjectStore, StoreHealth, KnownRevision {
  private static final RangeRequest NOTHING =
      RangeRequest.newBuilder()
          .setKey(EtcdKeys.of(new StoreKey("/registry/health")))
          .setCountOnly(true)
          .build();

  /// A write that is kept off for about ten seconds fails.
  private static final int MOST_REFUSALS = 100;

  private final EtcdConnection connection;
  private final Tenure tenure;
  private final SoleWriter soleWriter;
  private final EtcdLeases leases;
  private final EtcdCompactor compactor;
  private final Timers timers;
  private final Set<EtcdWatch> watches = ConcurrentHashMap.newKeySet();

  public EtcdObjectStore(
      EtcdSettings settings, EventLoops loops, InstantSource clock, Timers timers, Ticker ticker) {
    this.connection = new EtcdConnection(settings, loops, ticker);
    this.tenure = new Tenure(ticker);
    this.soleWriter =
        new SoleWriter(
            new EtcdFence(connection, settings.server()),
            settings.server(),
            tenure,
            timers,
            ticker);
    this.leases = new EtcdLeases(connection, clock);
    this.timers = timers;
    this.compactor = new EtcdCompactor(connection, timers, settings.compactionInterval());
    compactor.start();
  }

  /// The part that makes reads of the only server cheap: to be started when this server listens,
  /// closed before it stops to.
  public Component soleWriter() {
    return soleWriter;
  }

  @Override
  public Revision now() {
    return tenure.now();
  }

  @Override
  public Optional<Stored> get(StoreKey key) {
    RangeResponse response = range(RangeRequest.newBuilder().setKey(EtcdKeys.of(key)).build());
    return response.getKvsList().stream().findFirst().map(EtcdKeys::stored);
  }

  private RangeResponse range(RangeRequest request) {
    try {
      RangeResponse response = connection.read(KVGrpc.getRangeMethod(), request);
      tenure.see(response.getHeader().getRevision());
      return response;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.OUT_OF_RANGE) {
        throw outOfRange(Revision.of(request.getRevision()));
      }
      throw EtcdConnection.unavailable(e);
    }
  }

  /// etcd answers alike for a revision that is no longer kept and one that is not reached.
  private StorageException outOfRange(Revision wanted) {
    Revision now = currentRevision();
    return now.atLeast(wanted)
        ? new StorageException.Compacted(wanted, now)
        : new StorageException.FutureRevision(wanted, now);
  }

  @Override
  public StoredPage list(StorePrefix prefix, Page page) {
    RangeRequest request =
        RangeRequest.newBuilder()
            .setKey(EtcdKeys.of(page.after().map(key -> key.path() + "\0").orElse(prefix.path())))
            .setRangeEnd(EtcdKeys.end(prefix))
            .setLimit(page.limit())
            .setRevision(page.at().value())
            .build();
    RangeResponse response = range(request);
    List<Stored> items = new ArrayList<>(response.getKvsCount());
    response.getKvsList().forEach(kv -> items.add(EtcdKeys.stored(kv)));
    Revision revision =
        page.at().isNone() ? Revision.of(response.getHeader().getRevision()) : page.at();
    return new StoredPage(items, revision, response.getCount() - items.size());
  }

  @Override
  public Revision put(StoreKey key, Bytes value, Revision expected, Duration timeToLive) {
    try {
      long lease = leases.leaseFor(timeToLive);
      try {
        return put(key, value, expected, lease);
      } catch (StatusRuntimeException e) {
        if (lease == 0 || e.getStatus().getCode() != Status.Code.NOT_FOUND) {
          throw e;
        }
        leases.forget(lease);
        return put(key, value, expected, leases.leaseFor(timeToLive));
      }
    } catch (StatusRuntimeException e) {
      throw EtcdConnection.unavailable(e);
    }
  }

  private Revision put(StoreKey key, Bytes value, Revision expected, long lease) {
    PutRequest.Builder put =
        PutRequest.newBuilder()
            .setKey(EtcdKeys.of(key))
            .setValue(EtcdKeys.of(value))
            .setLease(lease);
    return change(key, expected, RequestOp.newBuilder().setRequestPut(put).build());
  }

  @Override
  public Revision delete(StoreKey key, Revision expected) {
    if (expected.isNone()) {
      throw new StorageException.Conflict(key, expected);
    }
    DeleteRangeRequest.Builder delete = DeleteRangeRequest.newBuilder().setKey(EtcdKeys.of(key));
    try {
      return change(key, expected, RequestOp.newBuilder().setRequestDeleteRange(delete).build());
    } catch (StatusRuntimeException e) {
      throw EtcdConnection.unavailable(e);
    }
  }

  private Revision change(StoreKey key, Revision expected, RequestOp operation) {
    Compare unchanged =
        Compare.newBuilder()
            .setKey(EtcdKeys.of(key))
            .setTarget(Compare.CompareTarget.MOD)
            .setResult(Compare.CompareResult.EQUAL)
            .setModRevision(expected.value())
            .build();
    for (int attempt = 0; attempt < MOST_REFUSALS; attempt++) {
      long fence = tenure.fence();
      TxnRequest request =
          TxnRequest.newBuilder()
              .addCompare(unchanged)
              .addCompare(EtcdFence.isAt(fence))
              .addSuccess(operation)
              .addFailure(EtcdFence.lookup())
              .build();
      TxnResponse response = connection.ask(KVGrpc.getTxnMethod(), request);
      tenure.see(response.getHeader().getRevision());
      if (response.getSucceeded()) {
        return Revision.of(response.getHeader().getRevision());
      }
      long found = EtcdFence.found(response.getResponses(0).getResponseRange());
      if (found == fence) {
        throw new StorageException.Conflict(key, expected);
      }
      soleWriter.awaitChange(fence, found, attempt);
    }
    throw new StorageException.Unavailable("another api-server does not let this one write");
  }

  /// A watch of a whole root (`/registry/`) also hears, as progress, of every other key in this
  /// etcd: so each revision there is arrives on it, in order.
  @Override
  public StoreWatch watch(StorePrefix prefix, Revision after, StoreListener listener) {
    EtcdWatch watch = new EtcdWatch(connection, timers, prefix, listener, watches::remove);
    watches.add(watch);
    watch.start(after);
    return watch;
  }

  @Override
  public Revision currentRevision() {
    try {
      return revision(connection.read(KVGrpc.getRangeMethod(), NOTHING));
    } catch (StatusRuntimeException e) {
      throw EtcdConnection.unavailable(e);
    }
  }

  private static Revision revision(RangeResponse response) {
    return Revision.of(response.getHeader().getRevision());
  }

  @Override
  public void requireAnswer(Duration within) {
    try {
      connection.ask(KVGrpc.getRangeMethod(), NOTHING, within);
    } catch (StatusRuntimeException e) {
      throw EtcdConnection.unavailable(e);
    }
  }

  /// Compacts once, now, as the timer does; for maintenance and tests.
  public void compactNow() {
    compactor.compact();
  }

  @Override
  public void close() {
    compactor.close();
    watches.forEach(EtcdWatch::close);
    connection.close();
  }
}
