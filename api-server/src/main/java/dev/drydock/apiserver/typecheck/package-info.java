/// **Is** the controller that tells in the status of each ValidatingAdmissionPolicy which of its
/// expressions do not fit the types that the policy matches.
///
/// **May depend on** `apiserver.cel`, `apiserver.matching`, `apiserver.request`,
/// `apiserver.access`, `client.lifecycle`, `client.time`, `api.*`.
///
/// **Start reading at** [PolicyStatusController], [TypeCheck].
@NullMarked
package dev.drydock.apiserver.typecheck;

import org.jspecify.annotations.NullMarked;
