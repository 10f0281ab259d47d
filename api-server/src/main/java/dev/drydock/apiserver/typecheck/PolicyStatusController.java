package dev.drydock.apiserver.typecheck;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.ObjectFollower;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.served.LiveTypes;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Checks each ValidatingAdmissionPolicy once per generation, and writes down what it found. One
/// thread does it, in the order of the changes.
public final class PolicyStatusController implements Component {
  /// Where the policies are kept.
  public static final StorePrefix POLICIES =
      new StorePrefix("/registry/validatingadmissionpolicies/");

  private static final Logger LOG = LoggerFactory.getLogger(PolicyStatusController.class);
  private static final String NAME = "validatingadmissionpolicy-status";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final User SELF = User.of("system:apiserver", List.of(User.MASTERS));
  private static final WriteOptions WRITE =
      new WriteOptions(WriteOptions.Persistence.STORED, NAME, WriteOptions.FieldValidation.IGNORE);

  private final ObjectFollower follower;
  private final Means means;
  private final TypeCheck check;
  private final ResourceType type =
      BuiltInTypes.get().type("admissionregistration.k8s.io/v1", "validatingadmissionpolicies");
  private final BlockingQueue<StoredObject> due = new LinkedBlockingQueue<>();
  private final Thread thread = Thread.ofVirtual().name(NAME).unstarted(this::run);

  /// What it works with.
  ///
  /// @param schemas by type; empty for one that is not served any more
  public record Means(
      ApiService api,
      LiveTypes types,
      Function<ResourceType, Optional<Schema>> schemas,
      InstantSource clock,
      Timers timers) {}

  /// @param follow makes a follower of all policies
  public PolicyStatusController(
      Function<ObjectFollower.Listener, ObjectFollower> follow, Means means) {
    this.follower = follow.apply(new Listening());
    this.means = means;
    this.check = new TypeCheck(new CelEnvironment(), new Served());
  }

  /// Keeps the policies that are to be looked at.
  private final class Listening implements ObjectFollower.Listener {
    @Override
    public void present(StoredObject object) {
      if (isDue(object.tree())) {
        due.add(object);
      }
    }

    @Override
    public void gone(StoredObject last) {}
  }

  private final class Served implements TypeCheck.Kinds {
    @Override
    public Optional<ResourceType> find(String group, String version, String resource) {
      return means.types().find(group, version, resource);
    }

    @Override
    public Optional<ResourceType> ofKind(String apiVersion, String kind) {
      return means.types().state().all().stream()
          .map(info -> info.type())
          .filter(each -> each.apiVersion().equals(apiVersion) && each.kind().equals(kind))
          .findFirst();
    }

    @Override
    public Optional<Schema> schema(ResourceType of) {
      return means.schemas().apply(of);
    }
  }

  private static boolean isDue(ObjectNode policy) {
    return policy.at("/metadata/generation").longValue(0)
        > policy.at("/status/observedGeneration").longValue(0);
  }

  @Override
  public void start() {
    follower.start();
    thread.start();
  }

  @Override
  public void close() {
    follower.close();
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        StoredObject policy = due.take();
        try {
          write(policy, check.check(policy.tree()));
        } catch (ApiException failure) {
          if (!failure.isConflict() && !failure.isNotFound()) {
            LOG.warn("policy {}: {}", policy.name(), failure.getMessage());
            means.timers().after(AGAIN, () -> due.add(policy));
          }
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("no more policies are looked at");
    }
  }

  private void write(StoredObject policy, List<TypeCheck.Warning> warnings) {
    ObjectNode intent = JsonNodeFactory.instance.objectNode();
    intent.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    intent.putObject("metadata").put("name", policy.name());
    ObjectNode status = intent.putObject("status");
    status.set("observedGeneration", policy.tree().at("/metadata/generation"));
    ObjectNode checked = status.putObject("typeChecking");
    if (!warnings.isEmpty()) {
      ArrayNode list = checked.putArray("expressionWarnings");
      for (TypeCheck.Warning warning : warnings) {
        list.addObject().put("fieldRef", warning.field()).put("warning", warning.text());
      }
    }
    var context =
        new RequestContext(
            SELF, NAME, List.<Revision>of(policy.revision()), means.clock().instant(), _ -> {});
    means
        .api()
        .patch(
            context,
            new Target(type, "", policy.name(), "status"),
            new PatchBody.Apply(intent, PatchBody.Conflicts.FORCE),
            WRITE);
  }
}
