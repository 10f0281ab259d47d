package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.Target;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Older addresses of actions: kinds whose creation acts on the object that the body names.
final class Detours {
  private static final Map<ResourceType, Action> ACTIONS =
      Map.of(
          BuiltInTypes.get().type("v1", "bindings"),
          new Action(BuiltInTypes.get().type("v1", "pods"), "binding"));

  private Detours() {}

  private record Action(ResourceType type, String subresource) {}

  /// Where a create goes instead.
  static Optional<Target> of(Target target, ObjectNode body) {
    return Optional.ofNullable(ACTIONS.get(target.type()))
        .map(
            action ->
                new Target(
                    action.type(),
                    target.namespace(),
                    Trees.text(body, "metadata", "name"),
                    action.subresource()));
  }
}
