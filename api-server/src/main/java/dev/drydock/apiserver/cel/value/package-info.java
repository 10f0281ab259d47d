/// **Is** the values that CEL expressions work on: JSON trees seen through their declared shape,
/// and how values compare.
///
/// **May depend on** JSON trees, `api.schema`.
///
/// **Start reading at** [Shape], [Values].
@NullMarked
package dev.drydock.apiserver.cel.value;

import org.jspecify.annotations.NullMarked;
