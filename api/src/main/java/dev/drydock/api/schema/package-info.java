/// **Is** the schema of every kind: fields, types, list types and merge keys, defaults,
/// descriptions.
///
/// **May depend on** JSON trees, `api.meta`.
///
/// **Start reading at** [Schema], then [Schemas].
@NullMarked
package dev.drydock.api.schema;

import org.jspecify.annotations.NullMarked;
