package dev.drydock.apiserver.fuzz;

import dev.drydock.apiserver.fuzz.Interleaving.Act;
import dev.drydock.apiserver.fuzz.Interleaving.Start;
import dev.drydock.apiserver.fuzz.Interleaving.Write;
import dev.drydock.apiserver.registry.Registry;
import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Watch = list + events: no event is lost or told twice, whoever writes where.
class WatchPropertiesTest {

  @Provide
  Arbitrary<List<List<Write>>> writers() {
    Arbitrary<Write> write =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.of(Act.class),
                Arbitraries.of(true, false))
            .as(Write::new);
    return write.list().ofMinSize(1).ofMaxSize(40).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Start>> watchers() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 40),
            Arbitraries.of(Follower.Way.class),
            Arbitraries.of(true, false))
        .as(Start::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
  void everyWatcherIsToldTheWholeStory(
      @ForAll("writers") List<List<Write>> writers, @ForAll("watchers") List<Start> watchers)
      throws Exception {
    try (var fixture = new RegistryFixture();
        var other = cache(fixture, CacheSettings.defaults())) {
      other.start();
      new Interleaving(servers(fixture, other), writers, watchers).run(() -> {});
    }
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void aShortHistoryEndsInAListNotInAGap(
      @ForAll("writers") List<List<Write>> writers, @ForAll("watchers") List<Start> watchers)
      throws Exception {
    try (var fixture = new RegistryFixture();
        var other = cache(fixture, CacheSettings.defaults().withHistory(5, 1 << 20))) {
      other.start();
      new Interleaving(servers(fixture, other), writers, watchers)
          .run(() -> fixture.store.compact(fixture.store.currentRevision()));
    }
  }

  private static CachedObjectStore<StoredObject> cache(
      RegistryFixture fixture, CacheSettings settings) {
    return new CachedObjectStore<>(
        fixture.store, fixture.resources.decoder(), fixture.clock, settings);
  }

  private static List<Registry> servers(
      RegistryFixture fixture, CachedObjectStore<StoredObject> other) {
    return List.of(
        fixture.registry, RegistryFixture.registry(8, fixture.resources, other, fixture.clock));
  }
}
