/// **Is** certificates and keys from PEM files, and whom they let trust.
///
/// **May depend on** `client.net`, the JDK.
///
/// **Start reading at** [TlsMaterial].
@NullMarked
package dev.drydock.apiserver.tls;

import org.jspecify.annotations.NullMarked;
