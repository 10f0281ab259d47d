/// **Is** the kinds that are questions: who am I, may I, whose token is this. Answered, not stored.
///
/// **May depend on** `registry.strategy`, `apiserver.access`, `api.*`.
///
/// **Start reading at** [AccessReviews], [IdentityReviews].
@NullMarked
package dev.drydock.apiserver.registry.review;

import org.jspecify.annotations.NullMarked;
