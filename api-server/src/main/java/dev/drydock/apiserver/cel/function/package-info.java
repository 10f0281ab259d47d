/// **Is** the functions of CEL: the standard ones and the libraries that Kubernetes adds, each
/// with the types that it takes, what it does, and what it costs.
///
/// **May depend on** `apiserver.cel.value`, `api.quantity`, the CEL library's types, re2j.
///
/// **Start reading at** [Functions], [Library].
@NullMarked
package dev.drydock.apiserver.cel.function;

import org.jspecify.annotations.NullMarked;
