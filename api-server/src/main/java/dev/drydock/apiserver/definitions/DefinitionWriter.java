package dev.drydock.apiserver.definitions;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What the life of definitions asks of the API. Every write holds only for the state that was
/// seen.
public final class DefinitionWriter {
  private static final User SELF = User.of("system:apiserver", List.of(User.MASTERS));

  private final ResourceType type =
      BuiltInTypes.get().type("apiextensions.k8s.io/v1", "customresourcedefinitions");
  private final ApiService api;
  private final InstantSource clock;

  public DefinitionWriter(ApiService api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /// @return as it is stored now
  ObjectNode writeStatus(ObjectNode definition) {
    return update(definition, "status");
  }

  ObjectNode write(ObjectNode definition) {
    return update(definition, "");
  }

  private ObjectNode update(ObjectNode definition, String part) {
    String name = Trees.text(definition, "metadata", "name");
    var options =
        new WriteOptions(
            WriteOptions.Persistence.STORED, "kube-apiserver", WriteOptions.FieldValidation.IGNORE);
    return api.update(
            context(definition), new Target(type, "", name, part), definition.deepCopy(), options)
        .object()
        .tree();
  }

  private RequestContext context(ObjectNode definition) {
    String version = Trees.text(definition, "metadata", "resourceVersion");
    List<Revision> causes =
        version.isEmpty() ? List.of() : List.of(Revision.of(Long.parseLong(version)));
    return new RequestContext(SELF, "kube-apiserver", causes, clock.instant(), _ -> {});
  }

  /// Deletes all objects of a type.
  ///
  /// @return how many are still there
  int deleteObjects(Optional<ResourceType> of) {
    if (of.isEmpty()) {
      return 0;
    }
    RequestContext context = context(Trees.object());
    var all = new Target(of.get(), "", "", "");
    var options = new DeleteOptions(null, "", "", "", WriteOptions.Persistence.STORED);
    api.delete(context, all, options, ReadOptions.NONE);
    return api.list(context, all, ReadOptions.NONE).items().size();
  }
}
