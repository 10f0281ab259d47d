package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.DELETE;
import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.labels;
import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.StoreKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RegistryTest {
  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aCreatedObjectHasWhatTheServerAddsAndIsStoredWithoutResourceVersion() {
    Written written = api.create("configmaps", "default", "{metadata: {name: c}, data: {a: b}}");

    ObjectNode tree = written.object().tree();
    assertThat(text(tree, "/metadata/resourceVersion"))
        .isEqualTo(written.object().revision().toString());
    assertThat(text(tree, "/metadata/uid")).hasSize(36);
    assertThat(text(tree, "/metadata/creationTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(text(tree, "/metadata/managedFields/0/manager")).isEqualTo("test");
    String stored =
        api.store
            .get(new StoreKey("/registry/configmaps/default/c"))
            .orElseThrow()
            .value()
            .toString();
    assertThat(stored)
        .startsWith("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"")
        .doesNotContain("resourceVersion");
  }

  @Test
  void aNameCanBeGenerated() {
    Written written = api.create("configmaps", "default", "{metadata: {generateName: 'c-'}}");

    assertThat(written.object().name()).matches("c-[bcdfghjklmnpqrstvwxz2456789]{5}");
  }

  @Test
  void theSameNameTwiceIsRefused() {
    api.create("configmaps", "default", "{metadata: {name: c}}");

    assertThatThrownBy(() -> api.create("configmaps", "default", "{metadata: {name: c}}"))
        .hasMessage("configmaps \"c\" already exists");
  }

  @Test
  void aBadNameIsRefusedInKubernetesWords() {
    assertThatThrownBy(() -> api.create("configmaps", "default", "{metadata: {name: 'A_b'}}"))
        .hasMessage(
            "ConfigMap \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC"
                + " 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
                + " '.', and must start and end with an alphanumeric character (e.g."
                + " 'example.com', regex used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  }

  @Test
  void nothingIsCreatedInAMissingNamespace() {
    assertThatThrownBy(() -> api.create("configmaps", "nowhere", "{metadata: {name: c}}"))
        .hasMessage("namespaces \"nowhere\" not found");
  }

  @Test
  void anUpdateOfAnOldVersionIsRefused() {
    api.create("configmaps", "default", "{metadata: {name: c}, data: {a: b}}");
    ObjectNode old = api.get("configmaps", "default", "c");
    api.merge("configmaps", "default", "c", "{data: {a: c}}");

    assertThatThrownBy(() -> api.update("configmaps", "default", old))
        .hasMessage(
            "Operation cannot be fulfilled on configmaps \"c\": the object has been modified;"
                + " please apply your changes to the latest version and try again");
  }

  @Test
  void anUpdateOfAnotherObjectOfTheSameNameIsRefused() {
    api.create("configmaps", "default", "{metadata: {name: c}}");
    String uid = text(api.get("configmaps", "default", "c"), "/metadata/uid");

    assertThatThrownBy(
            () -> api.update("configmaps", "default", json("{metadata: {name: c, uid: x}}")))
        .hasMessage(
            "Operation cannot be fulfilled on configmaps \"c\": StorageError: invalid object, Code:"
                + " 4, Key: /registry/configmaps/default/c, ResourceVersion: 0,"
                + " AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object"
                + " meta: "
                + uid);
  }

  @Test
  void aPatchCantChangeTheUid() {
    api.create("configmaps", "default", "{metadata: {name: c}}");
    String refusal =
        "ConfigMap \"c\" is invalid: metadata.uid: Invalid value: \"x\": field is immutable";

    assertThatThrownBy(() -> api.merge("configmaps", "default", "c", "{metadata: {uid: x}}"))
        .hasMessage(refusal);
    Written kept = api.merge("configmaps", "default", "c", "{metadata: {uid: null}}");
    assertThat(text(kept.object().tree(), "/metadata/uid")).hasSize(36);
  }

  @Test
  void aDeletionOfAnotherObjectOfTheSameNameIsRefused() {
    api.create("configmaps", "default", "{metadata: {name: c}}");
    ObjectNode there = api.get("configmaps", "default", "c");

    assertThatThrownBy(() -> deleteIf("x", ""))
        .hasMessage(
            "Operation cannot be fulfilled on ConfigMap \"c\": the UID in the precondition (x) does"
                + " not match the UID in record ("
                + text(there, "/metadata/uid")
                + "). The object might have been deleted and then recreated");
    assertThatThrownBy(() -> deleteIf("", "1"))
        .hasMessage(
            "Operation cannot be fulfilled on ConfigMap \"c\": the ResourceVersion in the"
                + " precondition (1) does not match the ResourceVersion in record ("
                + text(there, "/metadata/resourceVersion")
                + "). The object might have been modified");
  }

  private void deleteIf(String uid, String resourceVersion) {
    api.registry.delete(
        api.context,
        target("configmaps", "default", "c"),
        new DeleteOptions(null, "", uid, resourceVersion, WriteOptions.Persistence.STORED),
        ReadOptions.NONE);
  }

  @Test
  void someKindsAreNotUpdatedWithoutAVersion() {
    api.create("coordination.k8s.io/v1/leases", "default", "{metadata: {name: l}}");

    assertThatThrownBy(
            () ->
                api.update(
                    "coordination.k8s.io/v1/leases", "default", json("{metadata: {name: l}}")))
        .hasMessage(
            "leases.coordination.k8s.io \"l\" is invalid: metadata.resourceVersion: Invalid value:"
                + " 0: must be specified for an update");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v1      | Secret     | Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion
          apps/v1 | Deployment | Deployment in version "v1" cannot be handled as a ConfigMap: converting (v1.Deployment) to (core.ConfigMap): unknown conversion
          x.io/v1 | Foo        | Foo in version "v1" cannot be handled as a ConfigMap: no kind "Foo" is registered for version "x.io/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"
          x.io/v1 | ConfigMap  | ConfigMap in version "v1" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "x.io/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"
          """)
  void aBodyOfAnotherKindIsRefused(String apiVersion, String kind, String message) {
    ObjectNode body = json("{metadata: {name: c}}").put("apiVersion", apiVersion).put("kind", kind);

    assertThatThrownBy(
            () ->
                api.registry.create(
                    api.context, target("configmaps", "default", ""), body, RegistryFixture.STORED))
        .hasMessage(message);
  }

  @Test
  void anUpdateThatChangesNothingIsNotWritten() {
    Written created = api.create("configmaps", "default", "{metadata: {name: c}, data: {a: b}}");

    Written same = api.update("configmaps", "default", api.get("configmaps", "default", "c"));

    assertThat(same.outcome()).isEqualTo(Written.Outcome.UNCHANGED);
    assertThat(same.object().revision()).isEqualTo(created.object().revision());
  }

  @Test
  void aDryRunLeavesNothingBehind() {
    api.registry.create(
        api.context,
        target("configmaps", "default", ""),
        json("{metadata: {name: c}}"),
        RegistryFixture.DRY_RUN);

    assertThatThrownBy(() -> api.get("configmaps", "default", "c"))
        .hasMessage("configmaps \"c\" not found");
  }

  @Test
  void anObjectWithFinalizersWaitsForThem() {
    api.create("configmaps", "default", "{metadata: {name: c, finalizers: ['x.io/y']}}");

    assertThat(api.delete("configmaps", "default", "c")).isInstanceOf(Deleted.Pending.class);
    assertThat(text(api.get("configmaps", "default", "c"), "/metadata/deletionTimestamp"))
        .isEqualTo("2026-01-01T00:00:00Z");

    Written last = api.merge("configmaps", "default", "c", "{metadata: {finalizers: null}}");
    assertThat(last.outcome()).isEqualTo(Written.Outcome.REMOVED);
    assertThatThrownBy(() -> api.get("configmaps", "default", "c"))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.isNotFound()).isTrue());
  }

  @Test
  void onlyADeletionSaysWhenAnObjectGoes() {
    api.create("configmaps", "default", "{metadata: {name: c, finalizers: ['x.io/y']}}");
    assertThatThrownBy(
            () ->
                api.merge(
                    "configmaps",
                    "default",
                    "c",
                    "{metadata: {deletionTimestamp: '2026-01-01T00:00:00Z',"
                        + " deletionGracePeriodSeconds: 5}}"))
        .hasMessage(
            "ConfigMap \"c\" is invalid: [metadata.deletionTimestamp: Invalid value:"
                + " \"2026-01-01T00:00:00Z\": field is immutable,"
                + " metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable]");

    api.delete("configmaps", "default", "c");
    api.merge(
        "configmaps",
        "default",
        "c",
        "{metadata: {deletionTimestamp: null, deletionGracePeriodSeconds: null}, data: {a: b}}");
    ObjectNode now = api.get("configmaps", "default", "c");
    assertThat(text(now, "/metadata/deletionTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(now.at("/metadata/deletionGracePeriodSeconds").asInt()).isZero();
  }

  @Test
  void listsAreSelectedByLabel() {
    api.create("configmaps", "default", "{metadata: {name: a, labels: {app: x}}}");
    api.create("configmaps", "default", "{metadata: {name: b, labels: {app: y}}}");

    assertThat(api.list("configmaps", "default", labels("app in (y,z)")).items())
        .extracting(StoredObject::name)
        .containsExactly("b");
  }

  @Test
  void aListInChunksShowsOneState() {
    for (String name : new String[] {"a", "b", "c"}) {
      api.create("configmaps", "default", "{metadata: {name: " + name + "}}");
    }
    ObjectList first = api.list("configmaps", "default", chunk(2, ""));
    api.delete("configmaps", "default", "c");
    ObjectList second = api.list("configmaps", "default", chunk(2, first.continueToken()));

    assertThat(first.items()).extracting(StoredObject::name).containsExactly("a", "b");
    assertThat(first.remaining()).isEqualTo(1);
    assertThat(second.items()).extracting(StoredObject::name).containsExactly("c");
    assertThat(second.revision()).isEqualTo(first.revision());
    assertThat(second.continueToken()).isEmpty();
  }

  @Test
  void aCollectionIsDeletedBySelector() {
    api.create("configmaps", "default", "{metadata: {name: a, labels: {app: x}}}");
    api.create("configmaps", "default", "{metadata: {name: b}}");

    api.registry.delete(api.context, target("configmaps", "default", ""), DELETE, labels("app=x"));

    assertThat(api.list("configmaps", "default", ReadOptions.NONE).items())
        .extracting(StoredObject::name)
        .containsExactly("b");
  }

  @Test
  void eventsAreServedInBothVersions() {
    api.create(
        "events",
        "default",
        "{metadata: {name: e}, involvedObject: {kind: Pod, namespace: default, name: p}, message:"
            + " hello, reason: Started, type: Normal}");

    ObjectNode event = api.get("events.k8s.io/v1/events", "default", "e");

    assertThat(text(event, "/note")).isEqualTo("hello");
    assertThat(text(event, "/regarding/name")).isEqualTo("p");
    assertThat(text(event, "/apiVersion")).isEqualTo("events.k8s.io/v1");
  }

  private static ReadOptions chunk(long limit, String token) {
    return new ReadOptions(
        "",
        "",
        "",
        "",
        limit,
        token,
        ReadOptions.InitialEvents.UNSET,
        ReadOptions.Bookmarks.NOT_WANTED);
  }
}
