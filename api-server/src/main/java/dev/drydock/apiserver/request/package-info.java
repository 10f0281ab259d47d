/// **Is** what a request is, whichever port it came through, and the filters it passes.
///
/// **May depend on** `apiserver.storage` (for watch sinks), `api.*`.
///
/// **Start reading at** [ApiService], [RequestContext].
@NullMarked
package dev.drydock.apiserver.request;

import org.jspecify.annotations.NullMarked;
