/// **Is** the schema of every kind: fields, types, list types and merge keys, defaults,
/// descriptions.
///
/// **May depend on** JSON trees, `api.meta`, `api.status`, `api.quantity`, `api.time`.
///
/// **Start reading at** [Schema], then [Schemas], [BuiltInTypes], [SchemaDecoding],
/// [SchemaDefaults].
@NullMarked
package dev.drydock.api.schema;

import org.jspecify.annotations.NullMarked;
