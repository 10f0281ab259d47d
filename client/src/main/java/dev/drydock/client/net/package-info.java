/// **Is** what Netty needs to move bytes: threads, kinds of channels, and TLS.
///
/// **May depend on** Netty, SLF4J and the JDK.
///
/// **Start reading at** [EventLoops], [ChannelTls].
@NullMarked
package dev.drydock.client.net;

import org.jspecify.annotations.NullMarked;
