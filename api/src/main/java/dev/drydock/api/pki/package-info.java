/// **Is** certificate requests (PKCS#10) and certificates (X.509) as far as Kubernetes signs them,
/// with the JDK alone: it loads in a millisecond, where a library takes a third of our start-up.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [CertificateRequest], [CertificateTemplate].
@NullMarked
package dev.drydock.api.pki;

import org.jspecify.annotations.NullMarked;
