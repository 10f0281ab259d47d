/// **Is** who asks with a token of an issuer outside (OIDC): which issuers there are, whether a
/// token is theirs, and what its claims say about the user.
///
/// **May depend on** `access.identity` (its contract of tokens), `apiserver.cel`,
/// `apiserver.configuration`, `apiserver.tls`, `api.*`, Nimbus JOSE.
///
/// **Start reading at** [JwtIssuers], [JwtUsers].
@NullMarked
package dev.drydock.apiserver.access.jwt;

import org.jspecify.annotations.NullMarked;
