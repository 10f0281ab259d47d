/// **Is** what a kind can say about itself: its strategy, its sub-resources, what it reserves;
/// and the words in which validation is written.
///
/// **May depend on** `apiserver.request`, `api.*`.
///
/// **Start reading at** [ResourceStrategy], then [Violations].
@NullMarked
package dev.drydock.apiserver.registry.strategy;

import org.jspecify.annotations.NullMarked;
