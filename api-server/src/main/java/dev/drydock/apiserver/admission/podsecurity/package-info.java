/// **Is** the Pod Security Standards: what pods may not do at which level, and how namespaces say
/// which level holds. Pure.
///
/// **May depend on** `api.*`, Jackson's tree.
///
/// **Start reading at** [Policy], [Standards].
@NullMarked
package dev.drydock.apiserver.admission.podsecurity;

import org.jspecify.annotations.NullMarked;
