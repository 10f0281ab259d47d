/// **Is** the asking of servers outside about identity and authority: whose a token is
/// (TokenReview), what somebody may do (SubjectAccessReview).
///
/// **May depend on** `access`, `access.identity` (its contract of tokens), `apiserver.cel`,
/// `apiserver.configuration`, `apiserver.tls`, `api.*`.
///
/// **Start reading at** [TokenReviews], [ReviewAuthorizer].
@NullMarked
package dev.drydock.apiserver.access.asking;

import org.jspecify.annotations.NullMarked;
