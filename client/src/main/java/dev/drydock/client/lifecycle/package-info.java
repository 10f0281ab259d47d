/// **Is** the one life cycle of running parts, and what every `Main` does the same way.
///
/// **May depend on** `client.time`, `client.log`, picocli.
///
/// **Start reading at** [Component], [ComponentGroup], [ComponentMain].
@NullMarked
package dev.drydock.client.lifecycle;

import org.jspecify.annotations.NullMarked;
