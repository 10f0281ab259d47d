package dev.drydock.apiserver.access.rbac;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes sure, once at start, that the default roles and bindings are there. Several
/// api-servers may do it at the same time.
public final class RoleReconciler {
  private static final Logger LOG = LoggerFactory.getLogger(RoleReconciler.class);
  private static final int AT_ONCE = 16;
  private static final int ATTEMPTS = 5;
  private static final WriteOptions STORED =
      new WriteOptions(
          WriteOptions.Persistence.STORED, "kube-apiserver", WriteOptions.FieldValidation.IGNORE);
  private static final DeleteOptions DELETE =
      new DeleteOptions(null, "", "", "", WriteOptions.Persistence.STORED);

  private final ApiService api;
  private final DefaultRoles defaults;
  private final InstantSource clock;

  public RoleReconciler(ApiService api, DefaultRoles defaults, InstantSource clock) {
    this.api = api;
    this.defaults = defaults;
    this.clock = clock;
  }

  /// Blocks until all is there.
  ///
  /// @throws ApiException when something could not be written
  public void run() {
    defaults.objects().stream()
        .map(object -> object.path("metadata").path("namespace").asString(""))
        .filter(namespace -> !namespace.isEmpty())
        .distinct()
        .forEach(this::ensureNamespace);
    Semaphore slots = new Semaphore(AT_ONCE);
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (ObjectNode desired : defaults.objects()) {
        running.add(
            threads.submit(
                () -> {
                  slots.acquireUninterruptibly();
                  try {
                    ensure(desired);
                  } finally {
                    slots.release();
                  }
                }));
      }
    }
    running.forEach(RoleReconciler::requireDone);
  }

  private static void requireDone(Future<?> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private RequestContext context() {
    return new RequestContext(
        User.of("system:apiserver", List.of(User.MASTERS, User.AUTHENTICATED)),
        "drydock-apiserver",
        List.of(),
        clock.instant(),
        warning -> LOG.debug("{}", warning));
  }

  private void ensureNamespace(String name) {
    ObjectNode namespace = JsonNodeFactory.instance.objectNode();
    namespace.put("apiVersion", "v1").put("kind", "Namespace");
    namespace.putObject("metadata").put("name", name);
    Target target = new Target(BuiltInTypes.get().type("v1", "namespaces"), "", name, "");
    if (find(target) == null) {
      create(target, namespace);
    }
  }

  private void ensure(ObjectNode desired) {
    JsonNode metadata = desired.path("metadata");
    String resource = desired.path("kind").asString("").toLowerCase(Locale.ROOT) + "s";
    ResourceType type = BuiltInTypes.get().type(desired.path("apiVersion").asString(""), resource);
    Target target =
        new Target(
            type, metadata.path("namespace").asString(""), metadata.path("name").asString(""), "");
    for (int attempt = 1; ; attempt++) {
      try {
        apply(target, RoleReconciliation.plan(find(target), desired));
        return;
      } catch (ApiException e) {
        if (!e.isConflict() || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private @Nullable ObjectNode find(Target target) {
    try {
      return api.get(context(), target, ReadOptions.NONE).tree();
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return null;
      }
      throw e;
    }
  }

  private void apply(Target target, RoleReconciliation.Step step) {
    switch (step) {
      case RoleReconciliation.Step.Keep keep -> {}
      case RoleReconciliation.Step.Create create -> create(target, create.object());
      case RoleReconciliation.Step.Update update ->
          api.update(context(), target, update.object(), STORED);
      case RoleReconciliation.Step.Replace replace -> {
        api.delete(context(), target, DELETE, ReadOptions.NONE);
        create(target, replace.object());
      }
    }
  }

  /// Another api-server may have been quicker.
  private void create(Target target, ObjectNode object) {
    try {
      api.create(context(), target.withName(""), object, STORED);
    } catch (ApiException e) {
      if (!e.isAlreadyExists()) {
        throw e;
      }
    }
  }
}
