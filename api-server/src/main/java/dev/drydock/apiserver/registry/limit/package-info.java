/// **Is** what is special about LimitRanges and ResourceQuotas: their shape; that they are kept to
/// is admission's business.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [ResourceQuotaStrategy].
@NullMarked
package dev.drydock.apiserver.registry.limit;

import org.jspecify.annotations.NullMarked;
