/// **Is** tests of priority and fairness.
///
/// **May depend on** the package under test, test-kit.
///
/// **Start reading at** [FairQueuesTest].
@NullMarked
package dev.drydock.apiserver.fairness;

import org.jspecify.annotations.NullMarked;
