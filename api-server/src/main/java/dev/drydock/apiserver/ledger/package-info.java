/// **Is** the interaction ledger: every write and failed request with actor, revisions and
/// cause; bounded, streamed.
///
/// **May depend on** `api.*`.
///
/// **Start reading at** [Ledger], [LedgerEntry].
@NullMarked
package dev.drydock.apiserver.ledger;

import org.jspecify.annotations.NullMarked;
