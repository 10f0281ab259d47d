/// **Is** requests that nobody would send, and what the server makes of them.
///
/// **May depend on** everything in the module, jqwik, the fixtures of the other tests.
///
/// **Start reading at** [HostileRequestsTest].
@NullMarked
package dev.drydock.apiserver.fuzz;

import org.jspecify.annotations.NullMarked;
