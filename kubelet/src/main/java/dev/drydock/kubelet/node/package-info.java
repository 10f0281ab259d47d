/// **Is** the node object: registration, lease, status.
///
/// **May depend on** `client.*` except `client.rpc`, `api.*`.
///
/// **Start reading at** [NodeAgent], [NodeRules].
@NullMarked
package dev.drydock.kubelet.node;

import org.jspecify.annotations.NullMarked;
