/// **Is** the schemas of custom resources: parsed, and all that follows from them (pruning,
/// defaults, validation, the shape that apply works from); pure.
///
/// **May depend on** `api.*`, JSON trees.
///
/// **Start reading at** [SchemaNode], then [Pruning], [Defaulting], [SchemaValidation].
@NullMarked
package dev.drydock.apiserver.schema;

import org.jspecify.annotations.NullMarked;
