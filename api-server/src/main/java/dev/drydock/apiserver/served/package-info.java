/// **Is** the live list of the types that the server has, as all parts that show types see it.
///
/// **May depend on** `api.*`, `apiserver.request`, `apiserver.table`, `apiserver.discovery`.
///
/// **Start reading at** [LiveTypes].
@NullMarked
package dev.drydock.apiserver.served;

import org.jspecify.annotations.NullMarked;
