/// **Is** the reading of configuration files that flags name: strictly, and again when they
/// change.
///
/// **May depend on** `api.*`, `client.time`, `client.lifecycle`.
///
/// **Start reading at** [Section], [FollowedFile].
@NullMarked
package dev.drydock.apiserver.configuration;

import org.jspecify.annotations.NullMarked;
