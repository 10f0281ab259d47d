/// **Is** how checked expressions run: a tree of nodes made once from the syntax tree. It counts
/// the cost of each step as Kubernetes does.
///
/// **May depend on** `apiserver.cel.value`, `apiserver.cel.function`, the CEL library's syntax
/// tree.
///
/// **Start reading at** [Planner], [Node].
@NullMarked
package dev.drydock.apiserver.cel.plan;

import org.jspecify.annotations.NullMarked;
