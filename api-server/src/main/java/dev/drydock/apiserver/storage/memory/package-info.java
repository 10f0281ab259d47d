/// **Is** a whole store in the memory of one process: for tests, and for trying things out.
///
/// **May depend on** `apiserver.storage`, `client.time`.
///
/// **Start reading at** [InMemoryObjectStore].
@NullMarked
package dev.drydock.apiserver.storage.memory;

import org.jspecify.annotations.NullMarked;
