/// **Is** what is special about ServiceAccounts and their tokens.
///
/// **May depend on** `registry.strategy`, `apiserver.access`, `api.*`.
///
/// **Start reading at** [TokenRequest].
@NullMarked
package dev.drydock.apiserver.registry.serviceaccount;

import org.jspecify.annotations.NullMarked;
