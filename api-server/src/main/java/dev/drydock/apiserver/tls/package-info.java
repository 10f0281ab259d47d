/// **Is** certificates and keys from PEM files, with the JDK alone.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [TlsMaterial].
@NullMarked
package dev.drydock.apiserver.tls;

import org.jspecify.annotations.NullMarked;
