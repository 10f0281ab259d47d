/// **Is** builders for the objects of tests.
///
/// **May depend on** `api.*`, fabric8's model.
///
/// **Start reading at** [Objects].
@NullMarked
package dev.drydock.testkit.objects;

import org.jspecify.annotations.NullMarked;
