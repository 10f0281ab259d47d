/// **Is** the proof that the client library speaks with the real api-server as with the fake one.
///
/// **May depend on** everything.
///
/// **Start reading at** [ResourceClientIT].
@NullMarked
package dev.drydock.e2e.client;

import org.jspecify.annotations.NullMarked;
