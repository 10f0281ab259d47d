/// **Is** tests of the HTTPS port, over TLS on ephemeral ports.
///
/// **May depend on** everything in the module, JUnit, Netty's test certificates.
///
/// **Start reading at** [RestServerTest].
@NullMarked
package dev.drydock.apiserver.rest;

import org.jspecify.annotations.NullMarked;
