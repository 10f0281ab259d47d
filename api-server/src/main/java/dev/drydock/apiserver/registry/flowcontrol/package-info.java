/// **Is** what is special about FlowSchemas and PriorityLevelConfigurations: their shape.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [FlowSchemaStrategy].
@NullMarked
package dev.drydock.apiserver.registry.flowcontrol;

import org.jspecify.annotations.NullMarked;
