/// **Is** a small extension api-server, for tests of aggregation.
///
/// **May depend on** `api.*`, the JDK.
///
/// **Start reading at** [FlowerServer].
@NullMarked
package dev.drydock.testkit.extension;

import org.jspecify.annotations.NullMarked;
