/// **Is** what is special about Ingresses, their classes, NetworkPolicies, addresses and ranges.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [IngressStrategy].
@NullMarked
package dev.drydock.apiserver.registry.networking;

import org.jspecify.annotations.NullMarked;
