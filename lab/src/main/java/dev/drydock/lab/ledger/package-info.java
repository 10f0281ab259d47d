/// **Is** reading the interaction ledger of a lab's api-server.
///
/// **May depend on** `lab.trace`, gRPC, `client.rpc`.
///
/// **Start reading at** [LedgerReader].
@NullMarked
package dev.drydock.lab.ledger;

import org.jspecify.annotations.NullMarked;
