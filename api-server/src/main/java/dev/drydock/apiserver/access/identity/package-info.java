/// **Is** who asks: certificates, static tokens, tokens of service accounts (made here too).
///
/// **May depend on** `apiserver.access`, `apiserver.request`, `apiserver.storage` (reading),
/// Nimbus JOSE.
///
/// **Start reading at** [StandardAuthenticator], [ServiceAccountTokens].
@NullMarked
package dev.drydock.apiserver.access.identity;

import org.jspecify.annotations.NullMarked;
