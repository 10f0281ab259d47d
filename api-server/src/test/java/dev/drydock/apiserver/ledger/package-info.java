/// **Is** tests of the ledger.
///
/// **May depend on** JUnit.
///
/// **Start reading at** [LedgerTest].
@NullMarked
package dev.drydock.apiserver.ledger;

import org.jspecify.annotations.NullMarked;
