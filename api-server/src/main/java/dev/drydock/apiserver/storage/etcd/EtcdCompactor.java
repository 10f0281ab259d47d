package dev.drydock.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets etcd forget what is older than the last interval. Several api-servers agree through
/// the key `compact_rev_key`: whoever first raises its version in an interval compacts, to the
/// revision that it saw one interval ago; the others take note.
final class EtcdCompactor implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdCompactor.class);
  private static final ByteString KEY = EtcdKeys.of("compact_rev_key");

  private final EtcdConnection connection;
  private final Timers timers;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean closed;
  private long round;
  private long seen;

  EtcdCompactor(EtcdConnection connection, Timers timers, Duration interval) {
    this.connection = connection;
    this.timers = timers;
    this.interval = interval;
  }

  @Override
  public void start() {
    if (!interval.isZero()) {
      timers.after(interval, this::tick);
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    try {
      compact();
    } catch (StatusRuntimeException | StorageException e) {
      LOG.warn("Could not compact etcd: {}", e.getMessage());
    }
    timers.after(interval, this::tick);
  }

  void compact() {
    lock.lock();
    try {
      TxnResponse response = connection.ask(KVGrpc.getTxnMethod(), claim());
      if (!response.getSucceeded()) {
        round = response.getResponses(0).getResponseRange().getKvs(0).getVersion();
        seen = response.getHeader().getRevision();
        return;
      }
      round++;
      long target = seen;
      seen = response.getHeader().getRevision();
      if (target > 0) {
        CompactionRequest request = CompactionRequest.newBuilder().setRevision(target).build();
        connection.ask(KVGrpc.getCompactMethod(), request);
        LOG.debug("Compacted etcd to revision {}", target);
      }
    } finally {
      lock.unlock();
    }
  }

  private TxnRequest claim() {
    Compare sameRound =
        Compare.newBuilder()
            .setKey(KEY)
            .setTarget(Compare.CompareTarget.VERSION)
            .setResult(Compare.CompareResult.EQUAL)
            .setVersion(round)
            .build();
    PutRequest.Builder put =
        PutRequest.newBuilder().setKey(KEY).setValue(EtcdKeys.of(Long.toString(seen)));
    RangeRequest.Builder get = RangeRequest.newBuilder().setKey(KEY);
    return TxnRequest.newBuilder()
        .addCompare(sameRound)
        .addSuccess(RequestOp.newBuilder().setRequestPut(put))
        .addFailure(RequestOp.newBuilder().setRequestRange(get))
        .build();
  }

  @Override
  public void close() {
    closed = true;
  }
}
