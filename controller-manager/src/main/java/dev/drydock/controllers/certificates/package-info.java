/// **Is** the controllers of CertificateSigningRequests: approve what kubelets may ask for, sign
/// what is approved for the standard signers, remove what is old.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`.
///
/// **Start reading at** [CsrSigning], [StandardSigners].
@NullMarked
package dev.drydock.controllers.certificates;

import org.jspecify.annotations.NullMarked;
