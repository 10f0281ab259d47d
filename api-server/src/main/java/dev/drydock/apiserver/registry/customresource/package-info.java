/// **Is** CustomResourceDefinition: its rules, and the strategy of the resources that it defines.
///
/// **May depend on** `registry.strategy`, `apiserver.schema`, `apiserver.served`, `apiserver.cel`,
/// `apiserver.webhook`,
/// `api.*`.
///
/// **Start reading at** [DefinitionStrategy], then [CustomResources].
@NullMarked
package dev.drydock.apiserver.registry.customresource;

import org.jspecify.annotations.NullMarked;
