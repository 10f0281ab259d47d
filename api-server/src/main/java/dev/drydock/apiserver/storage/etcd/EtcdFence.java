package dev.drydock.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import dev.drydock.apiserver.storage.StorePrefix;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseRevokeRequest;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// The fence and the registrations in etcd: `/drydock/fence` and `/drydock/api-servers/NAME`, each
/// under its server's lease, so that they go when the server does.
final class EtcdFence {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final StorePrefix FOLDER = new StorePrefix("/drydock/");
  private static final StorePrefix SERVERS = new StorePrefix("/drydock/api-servers/");
  private static final ByteString FENCE = EtcdKeys.of("/drydock/fence");

  private final EtcdConnection connection;
  private final String server;

  EtcdFence(EtcdConnection connection, String server) {
    this.connection = connection;
    this.server = server;
  }

  /// Part of a write: the fence is still there as it was put (0: it is not there).
  static Compare isAt(long fence) {
    return Compare.newBuilder()
        .setKey(FENCE)
        .setTarget(Compare.CompareTarget.MOD)
        .setResult(Compare.CompareResult.EQUAL)
        .setModRevision(fence)
        .build();
  }

  /// What a refused write asks for, to know which of its conditions failed.
  static RequestOp lookup() {
    return RequestOp.newBuilder()
        .setRequestRange(RangeRequest.newBuilder().setKey(FENCE).setKeysOnly(true))
        .build();
  }

  /// The fence's revision in the answer of [#lookup]; 0: it is not there.
  static long found(RangeResponse response) {
    return response.getKvsCount() == 0 ? 0 : response.getKvs(0).getModRevision();
  }

  /// Registers this server.
  ///
  /// @return the lease on which it is
  long register(Duration timeToLive) {
    LeaseGrantRequest grant = LeaseGrantRequest.newBuilder().setTTL(timeToLive.toSeconds()).build();
    long lease = connection.ask(LeaseGrpc.getLeaseGrantMethod(), grant, PATIENCE).getID();
    PutRequest put =
        PutRequest.newBuilder()
            .setKey(EtcdKeys.of(SERVERS.path() + server))
            .setValue(EtcdKeys.of(server))
            .setLease(lease)
            .build();
    connection.ask(KVGrpc.getPutMethod(), put, PATIENCE);
    return lease;
  }

  /// @return whether the lease is still there
  boolean keepAlive(long lease) {
    var alive = LeaseKeepAliveRequest.newBuilder().setID(lease).build();
    return connection.ask(LeaseGrpc.getLeaseKeepAliveMethod(), alive, PATIENCE).getTTL() > 0;
  }

  FenceView look() {
    RangeRequest range =
        RangeRequest.newBuilder()
            .setKey(EtcdKeys.of(FOLDER.path()))
            .setRangeEnd(EtcdKeys.end(FOLDER))
            .build();
    String owner = "";
    long fence = 0;
    Set<String> servers = new HashSet<>();
    for (KeyValue kv : connection.ask(KVGrpc.getRangeMethod(), range, PATIENCE).getKvsList()) {
      if (kv.getKey().equals(FENCE)) {
        owner = kv.getValue().toStringUtf8();
        fence = kv.getModRevision();
      } else {
        servers.add(kv.getValue().toStringUtf8());
      }
    }
    return new FenceView(owner, fence, servers);
  }

  /// Puts the fence there, if it is as expected.
  ///
  /// @return the revision that did it; 0: it was not as expected
  long claim(long expected, long lease) {
    PutRequest put =
        PutRequest.newBuilder().setKey(FENCE).setValue(EtcdKeys.of(server)).setLease(lease).build();
    TxnResponse response = change(expected, RequestOp.newBuilder().setRequestPut(put).build());
    return response.getSucceeded() ? response.getHeader().getRevision() : 0;
  }

  /// Takes the fence away, if it is still that one.
  void remove(long fence) {
    DeleteRangeRequest delete = DeleteRangeRequest.newBuilder().setKey(FENCE).build();
    change(fence, RequestOp.newBuilder().setRequestDeleteRange(delete).build());
  }

  private TxnResponse change(long expected, RequestOp operation) {
    TxnRequest request =
        TxnRequest.newBuilder().addCompare(isAt(expected)).addSuccess(operation).build();
    return connection.ask(KVGrpc.getTxnMethod(), request, PATIENCE);
  }

  /// Takes away whatever is under the lease.
  void leave(long lease) {
    LeaseRevokeRequest revoke = LeaseRevokeRequest.newBuilder().setID(lease).build();
    connection.ask(LeaseGrpc.getLeaseRevokeMethod(), revoke, PATIENCE);
  }
}
