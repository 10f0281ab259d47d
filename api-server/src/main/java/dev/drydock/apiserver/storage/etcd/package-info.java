/// **Is** the store on etcd 3.4 or newer, through the gRPC stubs that jetcd ships:
/// transactions, ranges, one stream per watch, shared leases, periodic compaction,
/// and the fence by which the only api-server knows that it is the only one.
///
/// **May depend on** `apiserver.storage`, `apiserver.tls`, `client.net`, `client.time`,
/// `client.lifecycle`, gRPC and jetcd's stubs; the only package that sees these.
///
/// **Start reading at** [EtcdObjectStore]; then `SoleWriter`, on consistent reads.
@NullMarked
package dev.drydock.apiserver.storage.etcd;

import org.jspecify.annotations.NullMarked;
