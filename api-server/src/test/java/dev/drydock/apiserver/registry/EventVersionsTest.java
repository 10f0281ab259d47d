package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// Events as they come in either group: the newer one takes less.
class EventVersionsTest {
  private static final String NEWER = "events.k8s.io/v1/events";
  private static final String EVENT =
      "{metadata: {name: e}, eventTime: '2026-01-01T00:00:00.000000Z', regarding: {kind: Pod,"
          + " namespace: default, name: p}, reportingController: c, reportingInstance: i, action:"
          + " a, reason: r, note: n, type: Normal}";

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private static ObjectNode changed(String loose) {
    ObjectNode event = json(EVENT);
    json(loose).properties().forEach(field -> event.set(field.getKey(), field.getValue()));
    return event;
  }

  private void create(ObjectNode event) {
    api.registry.create(
        api.context, RegistryFixture.target(NEWER, "default", ""), event, RegistryFixture.STORED);
  }

  @Test
  void aGoodEventIsTheSameInBothGroups() {
    create(json(EVENT));

    ObjectNode core = api.get("events", "default", "e");

    assertThat(text(core, "/message")).isEqualTo("n");
    assertThat(text(core, "/reportingComponent")).isEqualTo("c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{eventTime: null} | eventTime: Required value",
        "{type: Odd} | type: Invalid value: \"\": has invalid value: Odd",
        "{reportingController: ''} | reportingController: Required value",
        "{reportingInstance: ''} | reportingInstance: Required value",
        "{action: ''} | action: Required value",
        "{reason: ''} | reason: Required value",
        "{deprecatedFirstTimestamp: '2026-01-01T00:00:00Z'}"
            + " | firstTimestamp: Invalid value: \"\": needs to be unset",
        "{deprecatedLastTimestamp: '2026-01-01T00:00:00Z'}"
            + " | lastTimestamp: Invalid value: \"\": needs to be unset",
        "{deprecatedCount: 1} | count: Invalid value: \"\": needs to be unset",
        "{deprecatedSource: {host: h}} | source: Invalid value: \"\": needs to be unset",
        "{series: {count: 1, lastObservedTime: '2026-01-01T00:00:00.000000Z'}}"
            + " | series.count: Invalid value: \"\": should be at least 2",
        "{series: {count: 2, lastObservedTime: null}} | series.lastObservedTime: Required value",
        "{metadata: {name: E_1}} | metadata.name: Invalid value: \"E_1\"",
      })
  void whatTheNewerGroupDoesNotTake(String change, String refusal) {
    assertThatThrownBy(() -> create(changed(change))).hasMessageContaining(refusal);
  }

  @Test
  void aNoteMayChangeInTheNewerGroup() {
    create(json(EVENT));

    api.merge(NEWER, "default", "e", "{note: m, series: {count: 1}}");

    assertThat(text(api.get("events", "default", "e"), "/message")).isEqualTo("m");
  }

  @Test
  void aSeriesGoesOn() {
    create(json(EVENT));

    api.merge(
        NEWER,
        "default",
        "e",
        "{series: {count: 2, lastObservedTime: '2026-01-01T00:01:00.000000Z'}}");

    assertThat(text(api.get("events", "default", "e"), "/series/count")).isEqualTo("2");
  }

  @Test
  void theCoreGroupTakesTheSameChanges() {
    create(json(EVENT));

    api.merge("events", "default", "e", "{type: Odd, reason: s, count: 3, series: {count: 1}}");

    assertThat(text(api.get(NEWER, "default", "e"), "/deprecatedCount")).isEqualTo("3");
  }
}
