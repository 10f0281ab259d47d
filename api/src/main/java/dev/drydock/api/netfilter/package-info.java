/// **Is** a node's NAT rules as values, and the walk of a packet through them. kube-proxy makes
/// them, the node's kernel obeys them, people read them.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [RuleTable], [PacketWalk].
@NullMarked
package dev.drydock.api.netfilter;

import org.jspecify.annotations.NullMarked;
