package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.CronTabs.CRONTABS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/// What is made of the bodies, patches and intents of custom resources.
@Timeout(60)
class CustomBodiesTest {
  private final CronTabs tabs = new CronTabs();

  @AfterEach
  void close() {
    tabs.close();
  }

  @Test
  void whatHasTheWrongTypeIsRefusedInTheWordsOfItsReader() throws InterruptedException {
    tabs.define(CRONTABS);
    tabs.awaitServed(1);
    tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*'}}");
    String labels =
        "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type"
            + " map[string]string";

    assertThatThrownBy(() -> tabs.create("v1", "{metadata: {name: b, labels: 5}}"))
        .hasMessage("CronTab in version \"v1\" cannot be handled as a CronTab: " + labels);
    assertThatThrownBy(() -> tabs.create("v1", "{metadata: [5]}"))
        .hasMessageEndingWith("json: cannot unmarshal array into Go value of type v1.ObjectMeta");
    assertThatThrownBy(() -> tabs.merge("", "a", "{metadata: {labels: 5}}"))
        .hasMessageStartingWith(" \"\" is invalid: patch: Invalid value: \"{")
        .hasMessageEndingWith(labels)
        .extracting(e -> ((ApiException) e).status().code())
        .isEqualTo(422);
    assertThatThrownBy(() -> tabs.merge("", "a", "{metadata: {name: null}}"))
        .hasMessage(
            "the name of the object (a based on URL) was undeterminable: name must be provided");
    assertThatThrownBy(
            () -> tabs.apply("a", "{metadata: {labels: 5}, spec: {cronSpec: 7, odd: 1}}"))
        .hasMessage(
            """
            failed to create typed patch object (/; stable.example.com/v1, Kind=CronTab): errors:
              .metadata.labels: expected map, got &{5}
              .spec.cronSpec: expected string, got &value.valueUnstructured{Value:7}
              .spec.odd: field not declared in schema\
            """);
  }

  @Test
  void nullIsAValueWhereTheSchemaAllowsIt() throws InterruptedException {
    tabs.define(CRONTABS.replace("default: busybox", "nullable: true"));
    tabs.awaitServed(1);
    tabs.create("v1", "{metadata: {name: a}, spec: {cronSpec: '*', image: null}}");

    ObjectNode created = tabs.get("v1", "a");
    assertThat(created.at("/spec/image").isNull()).isTrue();
    assertThat(created.at("/metadata/managedFields/0/fieldsV1/f:spec").has("f:image")).isTrue();

    tabs.apply("a", "{metadata: {name: a}, spec: {image: null}}");
    ObjectNode applied = tabs.get("v1", "a");
    assertThat(applied.at("/spec/image").isNull()).isTrue();
    assertThat(applied.at("/metadata/managedFields/0/fieldsV1").toString())
        .isEqualTo("{\"f:spec\":{\"f:image\":{}}}");
    assertThatThrownBy(() -> tabs.apply("a", "{metadata: {name: a}, spec: {replicas: null}}"))
        .hasMessageContaining("spec.replicas in body must be of type integer: \"null\"");
  }
}
