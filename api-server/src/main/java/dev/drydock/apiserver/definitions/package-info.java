/// **Is** the life of CustomResourceDefinitions: accepts their names, establishes them, has their
/// resources served, and takes away their objects at the end.
///
/// **May depend on** `registry.customresource`, `registry.strategy`, `apiserver.request`,
/// `apiserver.access`, `apiserver.storage`, `client.lifecycle`, `client.time`, `api.*`.
///
/// **Start reading at** [DefinitionController], then [NamesPlan].
@NullMarked
package dev.drydock.apiserver.definitions;

import org.jspecify.annotations.NullMarked;
