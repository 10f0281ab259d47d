/// **Is** suites that a fake and the real thing both pass.
///
/// **May depend on** `client.*`.
///
/// **Start reading at** [ResourceClientContract].
@NullMarked
package dev.drydock.testkit.contract;

import org.jspecify.annotations.NullMarked;
