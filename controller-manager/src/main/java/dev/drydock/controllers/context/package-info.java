/// **Is** what every controller is built from.
///
/// **May depend on** `client.*` except `client.rpc`.
///
/// **Start reading at** [ControllerContext].
@NullMarked
package dev.drydock.controllers.context;

import org.jspecify.annotations.NullMarked;
