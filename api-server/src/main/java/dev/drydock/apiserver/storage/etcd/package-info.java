/// **Is** the store on etcd 3.4 or newer, through the gRPC stubs that jetcd ships:
/// transactions, ranges, one stream per watch, shared leases, periodic compaction.
///
/// **May depend on** `apiserver.storage`, `client.time`, gRPC and jetcd's stubs; the only
/// package that sees these.
///
/// **Start reading at** [EtcdObjectStore].
@NullMarked
package dev.drydock.apiserver.storage.etcd;

import org.jspecify.annotations.NullMarked;
