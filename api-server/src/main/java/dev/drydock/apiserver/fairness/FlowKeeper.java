package dev.drydock.apiserver.fairness;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.apiserver.registry.flowcontrol.StandardFlows;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the standard levels and schemas, keeps the mandatory ones (and the others, unless their
/// owner switched that off) as they must be, removes those it no longer wants, and says of each
/// schema whether its level exists.
/// Several api-servers may do it at the same time.
public final class FlowKeeper {
  private static final WriteOptions WRITE =
      new WriteOptions(
          WriteOptions.Persistence.STORED,
          "api-priority-and-fairness-config-producer-v1",
          WriteOptions.FieldValidation.IGNORE);
  private static final DeleteOptions DELETE =
      new DeleteOptions(null, "", "", "", WriteOptions.Persistence.STORED);
  private static final String DANGLING = "Dangling";

  private final ApiService api;
  private final InstantSource clock;
  private final ResourceType levels =
      BuiltInTypes.get().type(StandardFlows.API_VERSION, "prioritylevelconfigurations");
  private final ResourceType schemas =
      BuiltInTypes.get().type(StandardFlows.API_VERSION, "flowschemas");

  public FlowKeeper(ApiService api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /// One round; blocks until all is as it must be.
  ///
  /// @throws ApiException when something could not be written
  public void run() {
    StandardFlows.levels()
        .forEach(object -> ensure(levels, object, spec -> StandardFlows.isLevel(spec, object)));
    StandardFlows.schemas()
        .forEach(object -> ensure(schemas, object, spec -> StandardFlows.isSchema(spec, object)));
    removeAllBut(schemas, StandardFlows.schemas());
    removeAllBut(levels, StandardFlows.levels());
    Set<String> known = new HashSet<>();
    list(levels).forEach(level -> known.add(level.name()));
    for (StoredObject schema : list(schemas)) {
      condition(schema, known);
    }
  }

  private List<StoredObject> list(ResourceType type) {
    return api.list(context(), new Target(type, "", "", ""), ReadOptions.NONE).items();
  }

  private void ensure(ResourceType type, ObjectNode desired, Predicate<JsonNode> isAsDesired) {
    String name = nameOf(desired);
    Target target = new Target(type, "", name, "");
    try {
      ObjectNode found = find(target);
      if (found == null) {
        api.create(context(), target.withName(""), desired, WRITE);
        return;
      }
      boolean ours = StandardFlows.isMandatory(name) || isLeftToUs(found);
      boolean toldSo = autoupdate(found).equals(Optional.of(ours));
      boolean right = !ours || isAsDesired.test(found.path("spec"));
      if (toldSo && right) {
        return;
      }
      ObjectNode changed = found.deepCopy();
      if (!right) {
        changed.set("spec", desired.path("spec"));
      }
      if (!toldSo) {
        ((ObjectNode) changed.path("metadata"))
            .withObject("/annotations")
            .put(StandardFlows.AUTOUPDATE, String.valueOf(ours));
      }
      api.update(context(), target, changed, WRITE);
    } catch (ApiException raced) {
      if (!raced.isAlreadyExists() && !raced.isConflict()) {
        throw raced;
      }
    }
  }

  /// The owner's word counts; where there is none, whether somebody has changed what we made.
  private static boolean isLeftToUs(ObjectNode found) {
    return autoupdate(found)
        .orElseGet(() -> found.path("metadata").path("generation").asLong(0) == 1);
  }

  /// What the annotation says; empty when it says nothing that can be understood.
  private static Optional<Boolean> autoupdate(ObjectNode found) {
    JsonNode annotations = found.path("metadata").path("annotations");
    return switch (annotations.path(StandardFlows.AUTOUPDATE).asString("")) {
      case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /// What we once made, perhaps as another version, and no longer want.
  private void removeAllBut(ResourceType type, List<ObjectNode> wanted) {
    Set<String> names = new HashSet<>();
    wanted.forEach(object -> names.add(nameOf(object)));
    for (StoredObject object : list(type)) {
      if (names.contains(object.name()) || !autoupdate(object.tree()).orElse(false)) {
        continue;
      }
      try {
        api.delete(context(), new Target(type, "", object.name(), ""), DELETE, ReadOptions.NONE);
      } catch (ApiException raced) {
        if (!raced.isNotFound()) {
          throw raced;
        }
      }
    }
  }

  private static String nameOf(ObjectNode object) {
    return object.path("metadata").path("name").asString("");
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

  private void condition(StoredObject schema, Set<String> known) {
    String level =
        schema.tree().path("spec").path("priorityLevelConfiguration").path("name").asString("");
    boolean dangling = !known.contains(level);
    String status = dangling ? "True" : "False";
    for (JsonNode condition : schema.tree().path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(DANGLING)
          && condition.path("status").asString("").equals(status)) {
        return;
      }
    }
    ObjectNode changed = schema.tree().deepCopy();
    ArrayNode conditions = changed.withObject("/status").putArray("conditions");
    conditions
        .addObject()
        .put("type", DANGLING)
        .put("status", status)
        .put("lastTransitionTime", KubernetesTime.seconds(clock.instant()))
        .put("reason", dangling ? "NotFound" : "Found")
        .put(
            "message",
            "This FlowSchema references the PriorityLevelConfiguration object named \""
                + level
                + (dangling ? "\" but there is no such object" : "\" and it exists"));
    try {
      api.update(context(), new Target(schemas, "", schema.name(), "status"), changed, WRITE);
    } catch (ApiException raced) {
      if (!raced.isNotFound() && !raced.isConflict()) {
        throw raced;
      }
    }
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
