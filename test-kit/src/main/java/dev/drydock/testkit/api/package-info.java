/// **Is** an API in memory that can be broken on purpose.
///
/// **May depend on** `client.*`, `api.*`, JSON trees.
///
/// **Start reading at** [FakeApi].
@NullMarked
package dev.drydock.testkit.api;

import org.jspecify.annotations.NullMarked;
