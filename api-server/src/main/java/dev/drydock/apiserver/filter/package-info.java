/// **Is** what every request passes before and after it is carried out, whichever port it came
/// through: a list of filters of one shape, in reading order.
///
/// **May depend on** `apiserver.request`, `apiserver.access`, `apiserver.ledger`,
/// `api.*`, `client.time`.
///
/// **Start reading at** [Filter], [Call], [Pipeline].
@NullMarked
package dev.drydock.apiserver.filter;

import org.jspecify.annotations.NullMarked;
