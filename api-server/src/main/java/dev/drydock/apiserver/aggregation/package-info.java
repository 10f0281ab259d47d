/// **Is** the part of the API that other servers serve: which group versions are theirs, whether
/// they can be reached, what they say of themselves; and the APIServices of our own groups.
///
/// **May depend on** `apiserver.access`, `apiserver.served`, `apiserver.discovery`,
/// `apiserver.request`, `apiserver.registry.strategy`, `api.*`, `client.time`,
/// `client.lifecycle`.
///
/// **Start reading at** [ApiServices], [AvailabilityController], [LocalServices],
/// [RemoteDiscovery].
@NullMarked
package dev.drydock.apiserver.aggregation;

import org.jspecify.annotations.NullMarked;
