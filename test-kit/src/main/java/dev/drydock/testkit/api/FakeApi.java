package dev.drydock.testkit.api;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Scope;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.testkit.time.FakeClock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// The API in memory, for tests of components: revisions, watches that begin with the present
/// state, conflicts, generated names, graceful deletion, finalizers, a status of its own. It does
/// not validate or default, and everybody may do everything.
///
/// A test can seed objects, break watches and requests, wait for a state, and read what was
/// written.
public final class FakeApi implements Api {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final FakeStore store;

  /// An API whose time stamps do not matter.
  public FakeApi() {
    this(new FakeClock());
  }

  public FakeApi(InstantSource clock) {
    this.store = new FakeStore(clock);
  }

  /// One accepted write.
  ///
  /// @param verb `create`, `update`, `patch`, `delete`
  /// @param subresource empty for the object itself
  /// @param causes what the writing thread named as its causes
  public record Write(
      String verb,
      ResourceType type,
      String subresource,
      ObjectKey key,
      Revision revision,
      List<Revision> causes) {
    /// `update pods/status default/web`.
    @Override
    public String toString() {
      String what = type.resource() + (subresource.isEmpty() ? "" : "/" + subresource);
      return verb + " " + what + " " + key;
    }
  }

  @Override
  public <T extends HasMetadata> ResourceClient<T> resource(Kind<T> kind) {
    return new FakeResource<>(store, kind.type(), "", kind.model());
  }

  @Override
  public <S extends HasMetadata> ResourceClient<S> subresource(
      Kind<?> parent, String subresource, Class<S> body) {
    return new FakeResource<>(store, parent.type(), subresource, body);
  }

  /// Puts objects there as they are, status and all, over what has that name. Uid, creation time
  /// and revision are filled in.
  public void given(HasMetadata... objects) {
    for (HasMetadata object : objects) {
      store.seed(typeOf(object), object);
    }
  }

  /// Puts objects in place whose class does not tell their kind.
  public <T extends HasMetadata> void given(Kind<T> kind, List<T> objects) {
    objects.forEach(object -> store.seed(kind.type(), object));
  }

  /// Takes an object away without grace or finalizers.
  public void vanish(Kind<?> kind, ObjectKey key) {
    store.vanish(kind.type(), key);
  }

  private static ResourceType typeOf(HasMetadata object) {
    String apiVersion = object.getApiVersion();
    int slash = apiVersion.indexOf('/');
    return new ResourceType(
        slash < 0 ? "" : apiVersion.substring(0, slash),
        apiVersion.substring(slash + 1),
        object.getPlural(),
        object.getKind(),
        object instanceof Namespaced ? Scope.NAMESPACED : Scope.CLUSTER);
  }

  /// The object as it is now.
  public <T extends HasMetadata> Optional<T> find(Kind<T> kind, ObjectKey key) {
    return store.find(kind.type(), key).map(tree -> FakeStore.model(tree, kind.model()));
  }

  /// All objects of a kind as they are now, in order of key.
  public <T extends HasMetadata> List<T> all(Kind<T> kind) {
    return store.all(kind.type()).stream()
        .map(tree -> FakeStore.model(tree, kind.model()))
        .toList();
  }

  /// Every accepted write through the API, in order; seeds are not among them.
  public List<Write> writes() {
    return store.writes();
  }

  /// The newest revision.
  public Revision revision() {
    return store.revision();
  }

  /// Waits (in real time, at most ten seconds) until the object is there and as wanted.
  ///
  /// @return the object in that state
  public <T extends HasMetadata> T await(Kind<T> kind, ObjectKey key, Predicate<T> wanted)
      throws InterruptedException {
    store.await(PATIENCE, () -> find(kind, key).filter(wanted).isPresent());
    return find(kind, key).orElseThrow();
  }

  /// Waits (in real time, at most ten seconds) until the condition holds; it is looked at after
  /// each write.
  public void await(BooleanSupplier condition) throws InterruptedException {
    store.await(PATIENCE, condition);
  }

  /// Ends every open watch, as a broken connection does.
  public void cutWatches() {
    store.endWatches(ApiException.of(StatusReason.SERVICE_UNAVAILABLE, "the connection was cut"));
  }

  /// Ends every open watch, as a server does whose history does not reach back.
  public void expireWatches() {
    store.endWatches(ApiException.of(StatusReason.EXPIRED, "too old resource version"));
  }

  /// Loses the next events of a kind on all open watches.
  public void dropEvents(Kind<?> kind, int count) {
    store.drop(kind.type(), count);
  }

  /// Keeps back all events until [#releaseEvents()].
  public void holdEvents() {
    store.hold();
  }

  /// Delivers what was kept back.
  public void releaseEvents() {
    store.release();
  }

  /// Lets the next requests with this verb (`get`, `list`, `watch`, `create`, …) of a kind fail.
  public void failNext(String verb, Kind<?> kind, int count, ApiException failure) {
    store.failNext(verb, kind.type(), count, failure);
  }

  /// Waits (in real time, at most ten seconds) until those who watch have dealt with all that they
  /// were told.
  public void awaitTaken() throws InterruptedException {
    store.awaitTaken(PATIENCE);
  }

  /// How many watches are open.
  public int openWatches() {
    return store.openWatches();
  }

  /// Fails when anybody changed an object that a watch delivered: those are shared.
  public void assertNothingMutated() {
    store.assertNothingMutated();
  }
}
