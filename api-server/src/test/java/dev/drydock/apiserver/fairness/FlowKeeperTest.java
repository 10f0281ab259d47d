package dev.drydock.apiserver.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.apiserver.registry.RegistryFixture;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The levels and schemas that every cluster has, after their owner was at them.
class FlowKeeperTest {
  private static final String GROUP = "flowcontrol.apiserver.k8s.io/v1/";
  private static final String LEVELS = GROUP + "prioritylevelconfigurations";
  private static final String SCHEMAS = GROUP + "flowschemas";
  private static final String AUTOUPDATE =
      "/metadata/annotations/apf.kubernetes.io~1autoupdate-spec";

  private final RegistryFixture api = new RegistryFixture();
  private final FlowKeeper keeper = new FlowKeeper(api.registry, api.clock);

  @BeforeEach
  void begin() {
    keeper.run();
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static Target target(String resource, String name) {
    return RegistryFixture.target(resource, "", name);
  }

  private void merge(String resource, String name, String loose) {
    api.registry.patch(
        api.context,
        target(resource, name),
        new PatchBody.Merge(RegistryFixture.json(loose)),
        RegistryFixture.STORED);
  }

  private String field(String resource, String name, String pointer) {
    return api.registry
        .get(api.context, target(resource, name), ReadOptions.NONE)
        .tree()
        .at(pointer)
        .asString("");
  }

  private void annotate(String resource, String name, String value) {
    merge(
        resource,
        name,
        "{metadata: {annotations: {'apf.kubernetes.io/autoupdate-spec': " + value + "}}}");
  }

  @Test
  void whatIsRightIsNotWritten() {
    String newest = newest(LEVELS) + newest(SCHEMAS);

    keeper.run();

    assertThat(newest(LEVELS) + newest(SCHEMAS)).isEqualTo(newest);
  }

  private String newest(String resource) {
    return api.registry.list(api.context, target(resource, ""), ReadOptions.NONE).items().stream()
        .map(object -> object.tree().path("metadata").path("resourceVersion").asString(""))
        .toList()
        .toString();
  }

  @ParameterizedTest
  @CsvSource({"true, 30", "'''1''', 30", "'''false''', 99", "'''maybe''', 99", "null, 99"})
  void aSuggestedLevelIsTheOwnersOnceTheySaySo(String annotation, String shares) {
    annotate(LEVELS, "system", annotation.equals("true") ? "'true'" : annotation);
    merge(LEVELS, "system", "{spec: {limited: {nominalConcurrencyShares: 99}}}");

    keeper.run();

    assertThat(field(LEVELS, "system", "/spec/limited/nominalConcurrencyShares")).isEqualTo(shares);
    assertThat(field(LEVELS, "system", AUTOUPDATE))
        .isEqualTo(annotation.equals("'1'") ? "1" : String.valueOf(shares.equals("30")));
  }

  @Test
  void oneThatNobodyChangedIsTheServersAgain() {
    annotate(SCHEMAS, "global-default", "null");

    keeper.run();

    assertThat(field(SCHEMAS, "global-default", AUTOUPDATE)).isEqualTo("true");
  }

  @Test
  void aMandatoryOneIsTheServersWhateverItsOwnerSays() {
    annotate(SCHEMAS, "catch-all", "'false'");

    keeper.run();

    assertThat(field(SCHEMAS, "catch-all", AUTOUPDATE)).isEqualTo("true");
  }

  @Test
  void theSharesOfThoseWhoNeverWaitStay() {
    merge(LEVELS, "exempt", "{spec: {exempt: {nominalConcurrencyShares: 7}}}");

    keeper.run();

    assertThat(field(LEVELS, "exempt", "/spec/exempt/nominalConcurrencyShares")).isEqualTo("7");
  }

  @Test
  void whatIsDeletedComesBack() {
    api.registry.delete(
        api.context,
        target(SCHEMAS, "catch-all"),
        new DeleteOptions(null, "", "", "", WriteOptions.Persistence.STORED),
        ReadOptions.NONE);

    keeper.run();

    assertThat(field(SCHEMAS, "catch-all", "/spec/matchingPrecedence")).isEqualTo("10000");
  }

  @Test
  void whatTheServerOnceMadeAndNoLongerWantsGoes() {
    String schema =
        "{metadata: {name: %s, annotations: {'apf.kubernetes.io/autoupdate-spec': '%s'}},"
            + " spec: {matchingPrecedence: 500, priorityLevelConfiguration: {name: system}}}";
    api.create(SCHEMAS, "", schema.formatted("old", "true"));
    api.create(SCHEMAS, "", schema.formatted("own", "false"));

    keeper.run();

    assertThat(
            api.registry.list(api.context, target(SCHEMAS, ""), ReadOptions.NONE).items().stream()
                .map(StoredObject::name))
        .contains("own", "catch-all")
        .doesNotContain("old");
  }
}
