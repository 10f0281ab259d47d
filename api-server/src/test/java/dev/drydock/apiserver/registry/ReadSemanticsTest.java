package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.api.meta.Revision;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.ObjectList;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.ReadOptions.Bookmarks;
import dev.drydock.apiserver.request.ReadOptions.InitialEvents;
import dev.drydock.apiserver.request.StatusJson;
import dev.drydock.apiserver.request.StoredObject;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which state a list or a watch shows, by `resourceVersion`, `resourceVersionMatch`, `limit` and
/// `continue`.
class ReadSemanticsTest {
  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private static ReadOptions reading(String version, String match, long limit, String token) {
    return new ReadOptions(
        "", "", version, match, limit, token, InitialEvents.UNSET, Bookmarks.NOT_WANTED);
  }

  private ObjectList list(ReadOptions options) {
    return api.list("configmaps", "default", options);
  }

  private Revision create(String name) {
    return api.create("configmaps", "default", "{metadata: {name: " + name + "}}")
        .object()
        .revision();
  }

  private static List<String> names(ObjectList list) {
    return list.items().stream().map(StoredObject::name).toList();
  }

  @ParameterizedTest(name = "version {0}, match {1}, continue {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | Exact | '' | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided
          0 | Exact | '' | resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"
          5 | Newest | '' | resourceVersionMatch: Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", ""
          5 | Exact | x | resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided
          """)
  void whatDoesNotGoTogetherIsInvalid(String version, String match, String token, String cause) {
    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> list(reading(version, match, 0, token)));
    assertThat(refused.status().code()).isEqualTo(422);
    assertThat(refused).hasMessage("ListOptions.meta.k8s.io \"\" is invalid: " + cause);
    assertThat(refused.status().details().causes())
        .extracting(FieldError::field)
        .containsExactly("resourceVersionMatch");
  }

  @Test
  void aListHasNoInitialEventsAndAWatchNeedsAMatch() {
    var initial = new ReadOptions("", "", "", "", 0, "", InitialEvents.SEND, Bookmarks.NOT_WANTED);
    assertThatThrownBy(() -> list(initial))
        .hasMessageContaining("sendInitialEvents: Forbidden: sendInitialEvents is forbidden");
    assertThatThrownBy(() -> watch(initial, new LinkedBlockingQueue<>()))
        .hasMessageContaining("sendInitialEvents requires setting resourceVersionMatch");
    assertThatThrownBy(() -> watch(reading("5", "Exact", 0, ""), new LinkedBlockingQueue<>()))
        .hasMessageContaining("forbidden for watch unless sendInitialEvents is provided")
        .hasMessageContaining("supported values: \"NotOlderThan\"");
  }

  @Test
  void aListIsOfTheStateThatWasAskedFor() {
    Revision first = create("a");
    Revision second = create("b");
    create("c");
    assertThat(names(list(reading("", "", 0, "")))).containsExactly("a", "b", "c");
    assertThat(names(list(reading("0", "", 1, "")))).containsExactly("a", "b", "c");
    assertThat(names(list(reading(first.toString(), "NotOlderThan", 0, ""))))
        .containsExactly("a", "b", "c");
    assertThat(names(list(reading(second.toString(), "Exact", 0, "")))).containsExactly("a", "b");
    assertThat(names(list(reading(first.toString(), "", 5, "")))).containsExactly("a");
    assertThat(list(reading(second.toString(), "Exact", 0, "")).revision()).isEqualTo(second);
  }

  @Test
  void chunksShowOneStateAndSayHowManyFollow() {
    create("a");
    create("b");
    create("c");
    ObjectList first = list(reading("", "", 1, ""));
    create("d");
    assertThat(first.remaining()).isEqualTo(2);
    ObjectList rest = list(reading("", "", 5, first.continueToken()));
    assertThat(names(rest)).containsExactly("b", "c");
    assertThat(rest.revision()).isEqualTo(first.revision());
    assertThat(rest.continueToken()).isEmpty();
    assertThatThrownBy(() -> list(reading("5", "", 1, first.continueToken())))
        .hasMessage("specifying resource version is not allowed when using continue");
    assertThatThrownBy(() -> list(reading("", "", 1, "!!")))
        .hasMessageStartingWith("invalid continue token: ");
  }

  @Test
  void anExpiredTokenComesWithOneThatGoesOnInconsistently() {
    create("a");
    create("b");
    ObjectList first = list(reading("", "", 1, ""));
    Revision now = create("c");
    api.store.compact(now);
    ApiException expired =
        catchThrowableOfType(
            ApiException.class, () -> list(reading("", "", 1, first.continueToken())));
    assertThat(expired.status().reason()).isEqualTo(StatusReason.EXPIRED);
    assertThat(expired).hasMessageContaining("inconsistent list");
    String token = StatusJson.tree(expired.status()).path("metadata").path("continue").asString();
    assertThat(names(list(reading("", "", 0, token)))).containsExactly("b", "c");
    assertThatThrownBy(() -> list(reading(first.revision().toString(), "Exact", 0, "")))
        .hasMessage("The resourceVersion for the provided list is too old.");
  }

  @Test
  void aWatchTellsHowFarItIsWhenAsked() throws Exception {
    var told = new LinkedBlockingQueue<String>();
    var options =
        new ReadOptions("app=x", "", "", "", 0, "", InitialEvents.UNSET, Bookmarks.WANTED);
    try (var watch = watch(options, told)) {
      Revision now = create("unselected");
      api.list("configmaps", "default", ReadOptions.NONE);
      watch.wantProgress();
      String bookmark = told.poll(5, TimeUnit.SECONDS);
      assertThat(bookmark).isEqualTo("BOOKMARK " + now);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "spec.unschedulable=false, 1",
    "spec.unschedulable!=true, 1",
    "spec.unschedulable=true, 0",
    "spec.unschedulable=, 0"
  })
  void absentFieldsAreSelectedByTheValueThatTheyCountAs(String selector, int matches) {
    api.create("nodes", "", "{metadata: {name: n}}");
    var options =
        new ReadOptions("", selector, "", "", 0, "", InitialEvents.UNSET, Bookmarks.NOT_WANTED);
    assertThat(api.list("nodes", "", options).items()).hasSize(matches);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "source=kubelet, 1",
    "source=mine, 1",
    "source=other, 0",
    "reportingController=mine, 1",
    "regarding.namespace=default, 2"
  })
  void theSourceOfAnEventIsItsComponentOrWhoReports(String selector, int matches) {
    String about = "involvedObject: {namespace: default}, metadata: {name: ";
    api.create("events", "default", "{" + about + "a}, source: {component: kubelet}}");
    api.create("events", "default", "{" + about + "b}, reportingComponent: mine}");
    var options =
        new ReadOptions("", selector, "", "", 0, "", InitialEvents.UNSET, Bookmarks.NOT_WANTED);
    assertThat(api.list("events", "default", options).items()).hasSize(matches);
  }

  private dev.drydock.apiserver.storage.ObjectReader.Subscription watch(
      ReadOptions options, LinkedBlockingQueue<String> told) {
    return api.registry.watch(
        api.context, target("configmaps", "default", ""), options, new ToldLines(told));
  }
}
