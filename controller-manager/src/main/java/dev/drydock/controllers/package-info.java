/// **Is** the controller-manager: every controller in one process, of which one leads.
///
/// **May depend on** `client.*`, `api.*` and all packages below; `client.rpc` only in [Main].
///
/// **Start reading at** [Main], [Controllers].
@NullMarked
package dev.drydock.controllers;

import org.jspecify.annotations.NullMarked;
