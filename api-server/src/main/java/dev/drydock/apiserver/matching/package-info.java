/// **Is** the question whether a write is a matter for a webhook or an admission policy: rules,
/// selectors and conditions in CEL, and the write as those see it.
///
/// **May depend on** `apiserver.cel`, `apiserver.access`, `apiserver.request`, `api.*`.
///
/// **Start reading at** [Attempt], [Matcher].
@NullMarked
package dev.drydock.apiserver.matching;

import org.jspecify.annotations.NullMarked;
