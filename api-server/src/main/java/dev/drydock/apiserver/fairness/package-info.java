/// **Is** API priority and fairness: every request belongs to a flow of a priority level, and a
/// level that is busy lets its flows take turns, so that a client that floods starves nobody.
///
/// **May depend on** `apiserver.filter`, `apiserver.request`, `apiserver.storage` (reading),
/// `apiserver.access` (followers), `registry.flowcontrol` (what every cluster begins with),
/// `client.health` (metrics), `client.time`, `api.*`.
///
/// **Start reading at** [FairnessFilter], [FlowControl]; [FairQueues] for the turns.
@NullMarked
package dev.drydock.apiserver.fairness;

import org.jspecify.annotations.NullMarked;
