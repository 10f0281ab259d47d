/// **Is** how one object tree becomes another: JSON patch, merge patch, strategic merge patch,
/// server-side apply, and the record of who owns which field. Pure functions of trees and
/// schema.
///
/// **May depend on** JSON trees, `api.schema`, `api.status`, `api.time`.
///
/// **Start reading at** [PatchEngine] for patches, [FieldManagement] for apply and managed
/// fields.
@NullMarked
package dev.drydock.apiserver.patch;

import org.jspecify.annotations.NullMarked;
