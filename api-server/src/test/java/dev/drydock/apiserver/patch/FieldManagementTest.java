package dev.drydock.apiserver.patch;

import static dev.drydock.apiserver.patch.Json.object;
import static dev.drydock.apiserver.patch.Json.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.patch.FieldManagement.Force;
import dev.drydock.apiserver.patch.FieldManagement.Writer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class FieldManagementTest {
  private static final ObjectVersions DEPLOYMENTS =
      ObjectVersions.only("apps/v1", Json.schema("apps/v1", "Deployment"));
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String WEB =
      """
      {apiVersion:'apps/v1',kind:'Deployment',
       metadata:{name:'web',namespace:'default',uid:'u',labels:{app:'web'}},
       spec:{replicas:1,selector:{matchLabels:{app:'web'}},
        strategy:{type:'RollingUpdate',rollingUpdate:{maxSurge:1}},
        template:{metadata:{labels:{app:'web'}},
         spec:{containers:[{name:'c',image:'nginx',ports:[{containerPort:80,protocol:'TCP'}]}]}}}}
      """;

  private static Writer by(String manager) {
    return new Writer(manager, "apps/v1", "", NOW);
  }

  private static ObjectNode updated(@Nullable ObjectNode before, String after, Writer writer) {
    ObjectNode tree = object(after);
    FieldManagement.afterUpdate(before, tree, DEPLOYMENTS, writer);
    return tree;
  }

  private static ObjectNode applied(@Nullable ObjectNode live, String intent, String manager) {
    return FieldManagement.apply(live, object(intent), DEPLOYMENTS, by(manager), Force.NO);
  }

  private static String intent(String spec) {
    return "{apiVersion:'apps/v1',kind:'Deployment',metadata:{name:'web',namespace:'default'},spec:"
        + spec
        + "}";
  }

  private static JsonNode entry(ObjectNode object, int index) {
    return object.path("metadata").path("managedFields").path(index);
  }

  @Test
  void theOneWhoCreatesOwnsEveryFieldButIdentity() {
    ObjectNode created = updated(null, WEB, by("kubectl-create"));

    assertThat(created.path("metadata").path("managedFields"))
        .isEqualTo(
            tree(
                """
                [{manager:'kubectl-create',operation:'Update',apiVersion:'apps/v1',
                  time:'2026-01-02T03:04:05Z',fieldsType:'FieldsV1',fieldsV1:{
                   'f:metadata':{'f:labels':{'.':{},'f:app':{}}},
                   'f:spec':{'f:replicas':{},'f:selector':{},
                    'f:strategy':{'f:rollingUpdate':{'.':{},'f:maxSurge':{}},'f:type':{}},
                    'f:template':{'f:metadata':{'f:labels':{'.':{},'f:app':{}}},
                     'f:spec':{'f:containers':{'k:{"name":"c"}':{'.':{},'f:image':{},'f:name':{},
                       'f:ports':{'.':{},'k:{"containerPort":80,"protocol":"TCP"}':
                        {'.':{},'f:containerPort':{},'f:protocol':{}}}}}}}}}}]
                """));
  }

  @Test
  void aSecondWriterTakesWhatItChangesFromTheFirst() {
    ObjectNode created = updated(null, WEB, by("a"));
    ObjectNode scaled = updated(created, WEB.replace("replicas:1", "replicas:2"), by("b"));

    assertThat(scaled.at("/metadata/managedFields")).hasSize(2);
    assertThat(entry(scaled, 0).at("/fieldsV1/f:spec").has("f:replicas")).isFalse();
    assertThat(entry(scaled, 1).at("/fieldsV1")).isEqualTo(tree("{'f:spec':{'f:replicas':{}}}"));
  }

  @Test
  void aSubresourceIsAManagerOfItsOwn() {
    ObjectNode created = updated(null, WEB, by("a"));
    ObjectNode status = created.deepCopy();
    status.putObject("status").put("replicas", 1);
    FieldManagement.afterUpdate(
        created, status, DEPLOYMENTS, new Writer("a", "apps/v1", "status", NOW));

    assertThat(entry(status, 1).path("subresource").asString()).isEqualTo("status");
    assertThat(entry(status, 1).path("fieldsV1")).isEqualTo(tree("{'f:status':{'f:replicas':{}}}"));
  }

  @Test
  void removedFieldsBelongToNobody() {
    ObjectNode created = updated(null, WEB, by("a"));
    ObjectNode fewer = updated(created, WEB.replace(",labels:{app:'web'}}", "}"), by("b"));

    assertThat(entry(fewer, 0).path("fieldsV1").has("f:metadata")).isFalse();
    assertThat(fewer.at("/metadata/managedFields")).hasSize(1);
  }

  @Test
  void aWriteThatChangesNothingKeepsTheRecord() {
    ObjectNode created = updated(null, WEB, by("a"));
    ObjectNode again = updated(created, WEB, by("b"));
    assertThat(again).isEqualTo(created);
  }

  @Test
  void anEmptyRecordEndsTracking() {
    ObjectNode created = updated(null, WEB, by("a"));
    ObjectNode reset =
        updated(created, WEB.replace("uid:'u'", "uid:'u',managedFields:[{}]"), by("a"));
    assertThat(reset.path("metadata").has("managedFields")).isFalse();
    ObjectNode later = updated(reset, WEB.replace("replicas:1", "replicas:2"), by("a"));
    assertThat(later.path("metadata").has("managedFields")).isFalse();
  }

  @Test
  void theEleventhUpdaterAgesTheOldest() {
    ObjectNode object = updated(null, WEB, by("m0"));
    for (int i = 1; i <= 11; i++) {
      var writer = new Writer("m" + i, "apps/v1", "", NOW.plusSeconds(i));
      object = updated(object, WEB.replace("app:'web'}}", "app:'web',l" + i + ":'x'}}"), writer);
    }
    assertThat(object.at("/metadata/managedFields").size()).isLessThanOrEqualTo(10);
  }

  @Test
  void applyCreatesAndOwnsOnlyWhatItSays() {
    ObjectNode created = applied(null, intent("{replicas:2}"), "me");
    assertThat(entry(created, 0).path("operation").asString()).isEqualTo("Apply");
    assertThat(entry(created, 0).path("fieldsV1")).isEqualTo(tree("{'f:spec':{'f:replicas':{}}}"));
  }

  @Test
  void applyRefusesToTakeAFieldFromAnUpdater() {
    ObjectNode live = updated(null, WEB, by("kubectl-client-side-apply"));
    assertThatThrownBy(() -> applied(live, intent("{replicas:3}"), "me"))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using"
                + " apps/v1: .spec.replicas")
        .satisfies(
            e -> {
              var status = ((ApiException) e).status();
              assertThat(status.code()).isEqualTo(409);
              assertThat(status.details().causes().getFirst().type().cause())
                  .isEqualTo("FieldManagerConflict");
            });
    assertThatThrownBy(
            () ->
                applied(
                    live,
                    intent("{replicas:3,template:{spec:{containers:[{name:'c',image:'httpd'}]}}}"),
                    "me"))
        .hasMessage(
            "Apply failed with 2 conflicts: conflicts with \"kubectl-client-side-apply\" using"
                + " apps/v1:\n"
                + "- .spec.replicas\n"
                + "- .spec.template.spec.containers[name=\"c\"].image");
  }

  @Test
  void forceTakesItAndTheSameValueIsShared() {
    ObjectNode live = updated(null, WEB, by("other"));
    ObjectNode forced =
        FieldManagement.apply(
            live, object(intent("{replicas:3}")), DEPLOYMENTS, by("me"), Force.YES);
    assertThat(forced.at("/spec/replicas").asInt()).isEqualTo(3);
    assertThat(entry(forced, 1).path("fieldsV1").toString()).doesNotContain("f:replicas");

    ObjectNode shared = applied(live, intent("{replicas:1}"), "me");
    assertThat(entry(shared, 1).path("fieldsV1").toString()).contains("f:replicas");
  }

  @Test
  void whatIsNoLongerAppliedGoesUnlessSomebodyElseHoldsIt() {
    ObjectNode first =
        applied(
            null,
            intent(
                "{replicas:2,paused:true,template:{spec:{containers:"
                    + "[{name:'a',image:'x'},{name:'b',image:'y'}]}}}"),
            "me");
    ObjectNode shared = applied(first, intent("{paused:true}"), "you");
    ObjectNode later =
        applied(shared, intent("{template:{spec:{containers:[{name:'a',image:'x'}]}}}"), "me");

    assertThat(later.path("spec").has("replicas")).isFalse();
    assertThat(later.at("/spec/paused").asBoolean()).isTrue();
    assertThat(later.at("/spec/template/spec/containers"))
        .isEqualTo(tree("[{name:'a',image:'x'}]"));
  }

  @Test
  void anElementThatStaysForOthersKeepsItsKey() {
    ObjectNode live = applied(null, intent("{template:{spec:{containers:[{name:'a'}]}}}"), "me");
    ObjectNode changed = live.deepCopy();
    ((ObjectNode) changed.at("/spec/template/spec/containers/0")).put("image", "x");
    FieldManagement.afterUpdate(live, changed, DEPLOYMENTS, by("you"));

    ObjectNode later = applied(changed, intent("{}"), "me");
    assertThat(later.at("/spec/template/spec/containers"))
        .isEqualTo(tree("[{image:'x',name:'a'}]"));
  }

  @Test
  void defaultsInsideAnAppliedElementGoWithIt() {
    ObjectNode live =
        applied(null, intent("{template:{spec:{containers:[{name:'a'},{name:'b'}]}}}"), "me");
    ((ObjectNode) live.at("/spec/template/spec/containers/1")).put("imagePullPolicy", "Always");
    ObjectNode later = applied(live, intent("{template:{spec:{containers:[{name:'a'}]}}}"), "me");
    assertThat(later.at("/spec/template/spec/containers")).isEqualTo(tree("[{name:'a'}]"));
  }

  @Test
  void anObjectThatNobodyTrackedBelongsToBeforeFirstApply() {
    assertThatThrownBy(() -> applied(object(WEB), intent("{replicas:3}"), "me"))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using apps/v1:"
                + " .spec.replicas");
  }

  @Test
  void applyingTheSameAgainChangesNothing() {
    ObjectNode live = updated(null, WEB, by("other"));
    ObjectNode once = applied(live, intent("{replicas:1,paused:true}"), "me");
    ObjectNode twice =
        FieldManagement.apply(
            once,
            object(intent("{replicas:1,paused:true}")),
            DEPLOYMENTS,
            new Writer("me", "apps/v1", "", NOW.plusSeconds(60)),
            Force.NO);
    assertThat(twice).isEqualTo(once);
  }

  @Test
  void intentsThatDontFitTheSchemaAreRefused() {
    assertRefused(intent("{bogus:1}"), ".spec.bogus: field not declared in schema");
    assertRefused(
        intent("{replicas:'x',paused:[],template:{spec:{containers:[{name:'a'},{name:'a'}]}}}"),
        """
        errors:
          .spec.replicas: expected numeric (int or float), got string
          .spec.paused: expected boolean, got &{[]}
          .spec.template.spec.containers: duplicate entries for key [name="a"]""");
    assertRefused(
        intent("{template:{spec:{containers:[5],nodeName:{a:'b',c:[1]},tolerations:{}}}}"),
        """
        errors:
          .spec.template.spec.containers: element 0: associative list with keys may not have \
        non-map elements
          .spec.template.spec.nodeName: expected string, got &value.valueUnstructured\
        {Value:map[string]interface {}{"a":"b", "c":[]interface {}{1}}}
          .spec.template.spec.tolerations: expected list, got &{map[]}""");
    assertRefused(
        intent("{template:{spec:{containers:[{image:'i'}]}}}"),
        ".spec.template.spec.containers: element 0: associative list with keys has an element that"
            + " omits all key fields [\"name\"] (and doesn't have default values for any key"
            + " fields)");
  }

  private static void assertRefused(String intent, String problem) {
    Schema schema = DEPLOYMENTS.schema("apps/v1").orElseThrow();
    assertThatThrownBy(() -> FieldManagement.checkIntent(object(intent), schema))
        .hasMessage(
            "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): "
                + problem)
        .extracting(e -> ((ApiException) e).status().code())
        .isEqualTo(500);
  }
}
