/// **Is** from Services to the rules of one node. Pure.
///
/// **May depend on** `api.*`, `kubeproxy.changes`.
///
/// **Start reading at** [ServiceRules], [RuleSet].
@NullMarked
package dev.drydock.kubeproxy.rules;

import org.jspecify.annotations.NullMarked;
