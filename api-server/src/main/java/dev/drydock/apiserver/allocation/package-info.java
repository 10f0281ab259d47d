/// **Is** the numbers that Services hold exclusively: cluster addresses and node ports. What is
/// taken is written down where every api-server sees it, before anybody uses it.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [ClusterAddresses], [NodePorts].
@NullMarked
package dev.drydock.apiserver.allocation;

import org.jspecify.annotations.NullMarked;
