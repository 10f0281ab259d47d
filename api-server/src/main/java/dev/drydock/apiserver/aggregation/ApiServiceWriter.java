package dev.drydock.apiserver.aggregation;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
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

/// What aggregation asks of the API as the server's own user. Blocking; fails with
/// [ApiException].
public final class ApiServiceWriter {
  private static final User SELF =
      User.of("system:apiserver", List.of(User.MASTERS, User.AUTHENTICATED));
  private static final WriteOptions WRITE =
      new WriteOptions(
          WriteOptions.Persistence.STORED, "kube-apiserver", WriteOptions.FieldValidation.IGNORE);

  private final ResourceType type =
      BuiltInTypes.get().type("apiregistration.k8s.io/v1", "apiservices");
  private final ApiService api;
  private final InstantSource clock;

  public ApiServiceWriter(ApiService api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  void create(ObjectNode service) {
    api.create(context(service), new Target(type, "", "", ""), service, WRITE);
  }

  void update(ObjectNode service) {
    api.update(context(service), target(service, ""), service, WRITE);
  }

  void delete(ObjectNode service) {
    String uid = Trees.text(service, "metadata", "uid");
    var options = new DeleteOptions(null, "", uid, "", WriteOptions.Persistence.STORED);
    api.delete(context(service), target(service, ""), options, ReadOptions.NONE);
  }

  /// Writes the condition `Available` unless it stands there already. Its time changes only with
  /// its status.
  void tell(ObjectNode service, Availability wanted) {
    ObjectNode changed = service.deepCopy();
    wanted.putInto(changed, KubernetesTime.seconds(clock.instant()));
    if (!changed.equals(service)) {
      api.update(context(service), target(service, "status"), changed, WRITE);
    }
  }

  /// An object of the core group or of another built-in one; empty: there is none.
  Optional<ObjectNode> find(ResourceType of, String namespace, String name) {
    try {
      var target = new Target(of, namespace, name, "");
      return Optional.of(api.get(context(Trees.object()), target, ReadOptions.NONE).tree());
    } catch (ApiException failure) {
      if (failure.isNotFound()) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private Target target(ObjectNode service, String part) {
    return new Target(type, "", Trees.text(service, "metadata", "name"), part);
  }

  private RequestContext context(ObjectNode service) {
    String version = Trees.text(service, "metadata", "resourceVersion");
    List<Revision> causes =
        version.isEmpty() ? List.of() : List.of(Revision.of(Long.parseLong(version)));
    return new RequestContext(SELF, "kube-apiserver", causes, clock.instant(), _ -> {});
  }
}
