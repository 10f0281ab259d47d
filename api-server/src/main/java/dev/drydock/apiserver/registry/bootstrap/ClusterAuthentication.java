package dev.drydock.apiserver.registry.bootstrap;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Tells extension api-servers whom to believe: the ConfigMap
/// `kube-system/extension-apiserver-authentication`.
public final class ClusterAuthentication {
  private static final String NAME = "extension-apiserver-authentication";
  private static final WriteOptions WRITE =
      new WriteOptions(
          WriteOptions.Persistence.STORED, "kube-apiserver", WriteOptions.FieldValidation.IGNORE);

  private final ApiService api;
  private final InstantSource clock;
  private final Supplier<Map<String, String>> own;

  /// @param own what this server knows, which may change; what others have written stays beside it
  public ClusterAuthentication(
      ApiService api, InstantSource clock, Supplier<Map<String, String>> own) {
    this.api = api;
    this.clock = clock;
    this.own = own;
  }

  /// Blocks until it is there.
  ///
  /// @throws ApiException when it could not be written
  public void run() {
    ResourceType type = BuiltInTypes.get().type("v1", "configmaps");
    var target = new Target(type, "kube-system", NAME, "");
    try {
      ObjectNode found = api.get(context(), target, ReadOptions.NONE).tree();
      Map<String, String> known = Trees.textMap(found, "data");
      Map<String, String> data = new KnownAuthentication(clock.instant()).joined(known, own.get());
      if (!known.equals(data)) {
        ObjectNode changed = found.deepCopy();
        put(changed, data);
        api.update(context(), target, changed, WRITE);
      }
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
      ObjectNode created = Trees.object();
      created.put("apiVersion", "v1").put("kind", "ConfigMap");
      created.putObject("metadata").put("name", NAME).put("namespace", "kube-system");
      put(created, own.get());
      api.create(context(), target.withName(""), created, WRITE);
    }
  }

  private static void put(ObjectNode map, Map<String, String> data) {
    ObjectNode values = map.putObject("data");
    new TreeMap<>(data).forEach(values::put);
  }

  private RequestContext context() {
    return new RequestContext(
        User.of("system:apiserver", List.of(User.MASTERS, User.AUTHENTICATED)),
        "kube-apiserver",
        List.of(),
        clock.instant(),
        _ -> {});
  }
}
