/// **Is** node IPAM: gives each node a part of the cluster's pod addresses.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`.
///
/// **Start reading at** [PodCidrs], [NodeIpamReconciler].
@NullMarked
package dev.drydock.controllers.nodeipam;

import org.jspecify.annotations.NullMarked;
