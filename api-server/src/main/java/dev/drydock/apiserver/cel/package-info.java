/// **Is** CEL, the expression language of custom resources' rules, match conditions and admission
/// policies: compile a text against declared variables, evaluate it over JSON trees within a
/// budget.
///
/// Parser and checker are the CEL library's, loaded with the first expression; expressions run on
/// nodes of our own, because Kubernetes' costs, messages and list semantics are part of its API.
///
/// **May depend on** its sub-packages, `api.schema`, the CEL library, JSON trees.
///
/// **Start reading at** [CelEnvironment], [CelProgram].
@NullMarked
package dev.drydock.apiserver.cel;

import org.jspecify.annotations.NullMarked;
