/// **Is** what is special about CertificateSigningRequests.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [SigningRequestStrategy].
@NullMarked
package dev.drydock.apiserver.registry.certificate;

import org.jspecify.annotations.NullMarked;
