/// **Is** what happens between a request and the registry's own checks: rules that change or
/// refuse objects, one class a rule, one list.
///
/// **May depend on** `apiserver.request`, `apiserver.access`, `apiserver.cel`,
/// `apiserver.matching`, `apiserver.webhook`, `apiserver.policy`, `apiserver.configuration`,
/// `access.asking` (its calls), `api.*`.
///
/// **Start reading at** [Admission], [AdmissionRule].
@NullMarked
package dev.drydock.apiserver.admission;

import org.jspecify.annotations.NullMarked;
