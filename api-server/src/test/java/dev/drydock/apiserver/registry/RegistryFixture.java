package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.TokenIssuer;
import dev.drydock.apiserver.access.rbac.PolicyRule;
import dev.drydock.apiserver.access.rbac.RbacAuthorizer;
import dev.drydock.apiserver.access.rbac.RbacRules;
import dev.drydock.apiserver.admission.AdmissionChoice;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.User;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.apiserver.storage.memory.InMemoryObjectStore;
import dev.drydock.apiserver.webhook.PodDoor;
import dev.drydock.client.time.Timers;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A registry over a store in memory and the real cache.
public final class RegistryFixture implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();
  public static final WriteOptions STORED = write(WriteOptions.Persistence.STORED);
  static final WriteOptions DRY_RUN = write(WriteOptions.Persistence.DRY_RUN);
  static final DeleteOptions DELETE =
      new DeleteOptions(null, "", "", "", WriteOptions.Persistence.STORED);

  public final FakeClock clock = new FakeClock();
  public final InMemoryObjectStore store = new InMemoryObjectStore(clock);
  public final Resources resources = Resources.builtIn();
  public final CachedObjectStore<StoredObject> cache =
      new CachedObjectStore<>(store, resources.decoder(), clock, CacheSettings.defaults());
  final List<String> warnings = new ArrayList<>();
  /// May create nothing.
  static final User READER = User.of("reader", List.of());

  public final RequestContext context =
      new RequestContext(
          User.of("kubernetes-admin", List.of(User.MASTERS)),
          "kubectl/v1.36.0",
          List.of(),
          Instant.EPOCH,
          warnings::add);
  public final Registry registry = registry(7);

  /// What others do while a request waits for them.
  volatile Runnable whileWaiting = () -> {};

  /// Leads to simulated pods.
  volatile PodDoor pods = PodDoor.CLOSED;

  public RegistryFixture() {
    cache.start();
    create("namespaces", "", "{metadata: {name: default}}");
    create("serviceaccounts", "default", "{metadata: {name: default}}");
  }

  /// No wait takes any time; what happens meanwhile does.
  private Timers.Cancellable wait(Duration delay, Runnable task) {
    whileWaiting.run();
    return hurry(delay, task);
  }

  private static Timers.Cancellable hurry(Duration delay, Runnable task) {
    task.run();
    return () -> {};
  }

  /// Another api-server on the same store and cache.
  Registry registry(int seed) {
    return registry(seed, resources, cache, clock, this::wait, (k, pod) -> pods.connect(k, pod));
  }

  /// Another api-server with other admission plugins.
  Registry configured(AdmissionChoice choice) {
    var random = new Random(8);
    var usual = RegistrySettings.Cluster.DEFAULT;
    return Registry.create(
        new RegistrySettings(
            resources,
            cache,
            cache,
            new Sources(clock, this::wait, random, () -> new UUID(random.nextLong(), 1)),
            new RegistrySettings.Cluster(
                usual.network(), usual.probe(), choice, usual.eventLifetime(), 1),
            authority(),
            PodDoor.CLOSED));
  }

  private static RegistrySettings.Authority authority() {
    return new RegistrySettings.Authority(
        (_, _) -> new dev.drydock.apiserver.access.TokenChecker.Finding.Invalid("none"),
        RegistryFixture::mayCreate,
        new FakeIssuer(),
        new RbacAuthorizer(new NoRoles()));
  }

  /// Everybody may create, but for [#READER]; of other rights nobody knows.
  private static Authorizer.Verdict mayCreate(AccessAttributes attributes) {
    return attributes instanceof AccessAttributes.Resource resource
            && resource.verb().equals("create")
            && !resource.user().equals(READER)
        ? new Authorizer.Verdict.Allow("")
        : new Authorizer.Verdict.NoOpinion("");
  }

  /// An api-server on any cache.
  public static Registry registry(
      int seed, Resources resources, CachedObjectStore<StoredObject> cache, InstantSource clock) {
    return registry(seed, resources, cache, clock, RegistryFixture::hurry, PodDoor.CLOSED);
  }

  private static Registry registry(
      int seed,
      Resources resources,
      CachedObjectStore<StoredObject> cache,
      InstantSource clock,
      Timers timers,
      PodDoor pods) {
    var random = new Random(seed);
    return Registry.create(
        new RegistrySettings(
            resources,
            cache,
            cache,
            new Sources(
                clock, timers, random, () -> new UUID(random.nextLong(), random.nextLong())),
            RegistrySettings.Cluster.DEFAULT,
            authority(),
            pods));
  }

  static ResourceType type(String resource) {
    int slash = resource.lastIndexOf('/');
    return slash < 0
        ? BuiltInTypes.get().type("v1", resource)
        : BuiltInTypes.get().type(resource.substring(0, slash), resource.substring(slash + 1));
  }

  public static Target target(String resource, String namespace, String name) {
    return new Target(type(resource), namespace, name, "");
  }

  /// @param loose JSON without most of its quotes
  public static ObjectNode json(String loose) {
    return (ObjectNode) LooseJson.parse(loose);
  }

  public Written create(String resource, String namespace, String loose) {
    return registry.create(context, target(resource, namespace, ""), json(loose), STORED);
  }

  Written update(String resource, String namespace, ObjectNode object) {
    String name = object.path("metadata").path("name").stringValue("");
    return registry.update(context, target(resource, namespace, name), object, STORED);
  }

  Written merge(String resource, String namespace, String name, String loose) {
    return registry.patch(
        context, target(resource, namespace, name), new PatchBody.Merge(json(loose)), STORED);
  }

  Written patchStatus(String resource, String name, String loose) {
    return registry.patch(
        context,
        new Target(type(resource), "default", name, "status"),
        new PatchBody.Merge(json("{status: " + loose + "}")),
        STORED);
  }

  ObjectNode get(String resource, String namespace, String name) {
    return registry
        .get(context, target(resource, namespace, name), ReadOptions.NONE)
        .tree()
        .deepCopy();
  }

  ObjectList list(String resource, String namespace, ReadOptions options) {
    return registry.list(context, target(resource, namespace, ""), options);
  }

  Deleted delete(String resource, String namespace, String name) {
    return registry.delete(context, target(resource, namespace, name), DELETE, ReadOptions.NONE);
  }

  static ReadOptions labels(String selector) {
    return new ReadOptions(
        selector,
        "",
        "",
        "",
        0,
        "",
        ReadOptions.InitialEvents.UNSET,
        ReadOptions.Bookmarks.NOT_WANTED);
  }

  static String text(JsonNode node, String pointer) {
    JsonNode found = node.at(pointer);
    return found.isString() ? found.stringValue() : found.isMissingNode() ? "" : found.toString();
  }

  private static WriteOptions write(WriteOptions.Persistence persistence) {
    return new WriteOptions(persistence, "test", WriteOptions.FieldValidation.STRICT);
  }

  @Override
  public void close() {
    cache.close();
  }

  /// A cluster without roles.
  private static final class NoRoles implements RbacRules {
    @Override
    public List<Grant> grantsTo(User user, String namespace) {
      return List.of();
    }

    @Override
    public Optional<List<PolicyRule>> rulesOf(RoleRef role) {
      return Optional.empty();
    }
  }

  /// Makes tokens that say what was ordered.
  private static final class FakeIssuer implements TokenIssuer {
    @Override
    public IssuedToken issue(TokenOrder order) {
      return new IssuedToken(order.toString(), Instant.EPOCH.plus(order.lifetime()));
    }

    @Override
    public List<String> defaultAudiences() {
      return List.of("https://kubernetes.default.svc.cluster.local");
    }

    @Override
    public String publicKeys() {
      return "{}";
    }

    @Override
    public String discovery() {
      return "{}";
    }
  }
}
