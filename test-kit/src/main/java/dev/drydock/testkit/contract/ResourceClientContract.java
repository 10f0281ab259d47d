package dev.drydock.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.watch.WatchEvent;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.resource.Selection;
import dev.drydock.client.resource.WatchStream;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import org.junit.jupiter.api.Test;

/// What every [Api] does, in memory or over the wire. Works in namespace `default`, on config maps
/// whose names it expects to be free.
public interface ResourceClientContract {

  /// An API in which nobody else writes.
  Api api();

  private ResourceClient<ConfigMap> maps() {
    return api().resource(Kinds.CONFIG_MAP);
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .addToLabels("contract", name)
        .endMetadata()
        .addToData("key", value)
        .build();
  }

  private static ObjectKey key(String name) {
    return ObjectKey.of("default", name);
  }

  @Test
  default void whatIsCreatedCanBeRead() {
    ConfigMap created = maps().create(map("created", "1"));

    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(Revision.of(created).isNone()).isFalse();
    assertThat(maps().get(key("created"))).isEqualTo(created);
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> maps().create(map("created", "2")))
        .matches(ApiException::isAlreadyExists);
  }

  @Test
  default void whatIsMissingIsNotFound() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> maps().get(key("missing")))
        .matches(ApiException::isNotFound);
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> maps().delete(key("missing"), Deletion.DEFAULT))
        .matches(ApiException::isNotFound);
  }

  @Test
  default void anUpdateOfAnOldStateIsAConflict() {
    ConfigMap first = maps().create(map("stale", "1"));
    ConfigMap second = maps().update(first.edit().addToData("key", "2").build());

    assertThat(Revision.of(second)).isGreaterThan(Revision.of(first));
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> maps().update(first.edit().addToData("key", "3").build()))
        .matches(ApiException::isConflict);
    assertThat(maps().get(key("stale")).getData()).containsEntry("key", "2");
  }

  @Test
  default void anUpdateThatChangesNothingMakesNoRevision() {
    ConfigMap first = maps().create(map("same", "1"));
    assertThat(Revision.of(maps().update(first))).isEqualTo(Revision.of(first));
  }

  @Test
  default void patchesChangeWhatTheyName() {
    maps().create(map("patched", "1"));

    ConfigMap merged =
        maps().patch(key("patched"), new Patch.Merge("{\"data\":{\"other\":\"x\"}}"));
    assertThat(merged.getData()).containsEntry("key", "1").containsEntry("other", "x");

    ConfigMap json =
        maps()
            .patch(
                key("patched"),
                new Patch.Json("[{\"op\":\"replace\",\"path\":\"/data/key\",\"value\":\"2\"}]"));
    assertThat(json.getData()).containsEntry("key", "2");
  }

  @Test
  default void aNameIsMadeFromThePrefix() {
    ConfigMap created =
        maps()
            .create(
                map("", "1")
                    .edit()
                    .editMetadata()
                    .withName(null)
                    .withGenerateName("made-")
                    .endMetadata()
                    .build());
    assertThat(created.getMetadata().getName()).startsWith("made-").hasSizeGreaterThan(5);
  }

  @Test
  default void aDeletionHoldsItsPreconditions() {
    ConfigMap created = maps().create(map("guarded", "1"));

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(
            () -> maps().delete(key("guarded"), Deletion.DEFAULT.onlyIf(new Uid("another"))))
        .matches(ApiException::isConflict);
    maps().delete(key("guarded"), Deletion.DEFAULT.onlyIf(Uid.of(created)));
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> maps().get(key("guarded")))
        .matches(ApiException::isNotFound);
  }

  @Test
  default void aFinalizerKeepsTheObjectUntilItIsGone() {
    maps()
        .create(
            map("final", "1")
                .edit()
                .editMetadata()
                .addToFinalizers("drydock.dev/contract")
                .endMetadata()
                .build());
    maps().delete(key("final"), Deletion.DEFAULT);
    ConfigMap marked = maps().get(key("final"));
    assertThat(marked.getMetadata().getDeletionTimestamp()).isNotEmpty();

    maps().update(marked.edit().editMetadata().withFinalizers().endMetadata().build());
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> maps().get(key("final")))
        .matches(ApiException::isNotFound);
  }

  @Test
  default void aListKeepsToItsSelection() {
    maps().create(map("listed", "1"));
    maps().create(map("unlisted", "1"));

    assertThat(maps().list(Selection.inNamespace("default").withLabels("contract=listed")).items())
        .extracting(one -> one.getMetadata().getName())
        .containsExactly("listed");
    assertThat(
            maps()
                .list(Selection.inNamespace("default").withFields("metadata.name=unlisted"))
                .items())
        .extracting(one -> one.getMetadata().getName())
        .containsExactly("unlisted");
  }

  @Test
  default void aWatchBeginsWithThePresentAndGoesOnInOrder() throws InterruptedException {
    ConfigMap present = maps().create(map("watched", "1"));
    Selection selection = Selection.inNamespace("default").withLabels("contract=watched");

    try (WatchStream<ConfigMap> watch = maps().watch(selection)) {
      assertThat(watch.next()).isEqualTo(new WatchEvent.Added<>(present));
      assertThat(watch.next())
          .isInstanceOfSatisfying(
              WatchEvent.Bookmark.class,
              bookmark ->
                  assertThat(bookmark.progress())
                      .isEqualTo(WatchEvent.Progress.INITIAL_STATE_COMPLETE));

      ConfigMap changed = maps().update(present.edit().addToData("key", "2").build());
      assertThat(nextChange(watch)).isEqualTo(new WatchEvent.Modified<>(changed));

      maps().delete(key("watched"), Deletion.DEFAULT);
      assertThat(nextChange(watch))
          .isInstanceOfSatisfying(
              WatchEvent.Deleted.class,
              deleted ->
                  assertThat(Revision.of((ConfigMap) deleted.last()))
                      .isGreaterThan(Revision.of(changed)));
    }
  }

  private static WatchEvent<ConfigMap> nextChange(WatchStream<ConfigMap> watch)
      throws InterruptedException {
    WatchEvent<ConfigMap> event = watch.next();
    while (event instanceof WatchEvent.Bookmark<ConfigMap>) {
      event = watch.next();
    }
    return event;
  }

  @Test
  default void anObjectThatLeavesTheSelectionIsDeletedForItsWatch() throws InterruptedException {
    ConfigMap present = maps().create(map("leaving", "1"));
    Selection selection = Selection.inNamespace("default").withLabels("contract=leaving");

    try (WatchStream<ConfigMap> watch = maps().watch(selection)) {
      watch.next();
      watch.next();
      maps()
          .update(
              present.edit().editMetadata().addToLabels("contract", "left").endMetadata().build());
      assertThat(nextChange(watch)).isInstanceOf(WatchEvent.Deleted.class);
    }
  }

  @Test
  default void aClosedWatchFails() throws InterruptedException {
    WatchStream<ConfigMap> watch = maps().watch(Selection.inNamespace("nowhere"));
    watch.close();
    WatchEvent<ConfigMap> event = watch.next();
    while (event instanceof WatchEvent.Bookmark<ConfigMap>) {
      event = watch.next();
    }
    assertThat(event).isInstanceOf(WatchEvent.Failed.class);
  }

  @Test
  default void anAnnotationMayBeWrittenWithTheStatus() {
    Namespace made =
        api()
            .resource(Kinds.NAMESPACE)
            .create(
                new NamespaceBuilder().withNewMetadata().withName("noted").endMetadata().build());

    api()
        .status(Kinds.NAMESPACE)
        .update(
            new NamespaceBuilder(made)
                .editMetadata()
                .addToAnnotations("note", "1")
                .endMetadata()
                .build());

    Namespace stored = api().resource(Kinds.NAMESPACE).get(ObjectKey.of(made));
    assertThat(stored.getMetadata().getAnnotations()).containsEntry("note", "1");
  }
}
