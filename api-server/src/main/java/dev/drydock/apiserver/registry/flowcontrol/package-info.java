/// **Is** what is special about FlowSchemas and PriorityLevelConfigurations: their shape, and which
/// of them every cluster has.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [FlowSchemaStrategy], then [StandardFlows].
@NullMarked
package dev.drydock.apiserver.registry.flowcontrol;

import org.jspecify.annotations.NullMarked;
