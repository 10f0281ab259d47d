package dev.drydock.apiserver.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.patch.FieldManagement.Force;
import dev.drydock.apiserver.patch.FieldManagement.Writer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Server-side apply against a model that knows nothing but fields, values and owners.
class ApplyPropertiesTest {
  private static final ObjectVersions PODS = ObjectVersions.only("v1", Json.schema("v1", "Pod"));

  /// One apply of a history.
  record Step(String manager, ObjectNode intent, Force force) {
    ObjectNode on(@Nullable ObjectNode live) {
      return FieldManagement.apply(live, intent, PODS, writer(manager, 0), force);
    }
  }

  /// What must be: the value of each field, and each manager's fields.
  private record Model(Map<String, String> values, Map<String, Set<String>> owned) {
    private boolean isOwnedByOthers(String field, String manager) {
      return owned.entrySet().stream()
          .anyMatch(it -> !it.getKey().equals(manager) && it.getValue().contains(field));
    }

    Set<String> conflicts(String manager, Map<String, String> wanted) {
      Set<String> conflicts = new TreeSet<>();
      wanted.forEach(
          (field, value) -> {
            if (isOwnedByOthers(field, manager) && !value.equals(values.get(field))) {
              conflicts.add(field);
            }
          });
      return conflicts;
    }

    void apply(String manager, Map<String, String> wanted) {
      Set<String> lost = conflicts(manager, wanted);
      owned.values().forEach(fields -> fields.removeAll(lost));
      for (String field : owned.getOrDefault(manager, Set.of())) {
        if (!wanted.containsKey(field) && !isOwnedByOthers(field, manager)) {
          values.remove(field);
        }
      }
      values.putAll(wanted);
      owned.put(manager, new TreeSet<>(wanted.keySet()));
    }
  }

  private static Writer writer(String manager, int seconds) {
    return new Writer(manager, "v1", "", Instant.ofEpochSecond(seconds));
  }

  @Provide
  Arbitrary<ObjectNode> pods() {
    return Pods.all();
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.of("m1", "m2", "m3"), Pods.all(), Arbitraries.of(Force.class))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void fieldsOwnersAndConflictsAreThoseOfTheModel(@ForAll("histories") List<Step> history) {
    var model = new Model(new TreeMap<>(), new HashMap<>());
    @Nullable ObjectNode live = null;
    for (Step step : history) {
      Map<String, String> wanted = Fields.of(step.intent());
      Set<String> conflicts = model.conflicts(step.manager(), wanted);
      if (step.force() == Force.NO && !conflicts.isEmpty()) {
        assertThat(refused(step, live)).isEqualTo(conflicts.size());
        continue;
      }
      live = step.on(live);
      model.apply(step.manager(), wanted);
      assertThat(Fields.of(live)).isEqualTo(model.values());
      for (var owned : model.owned().entrySet()) {
        assertThat(Fields.ownedBy(owned.getKey(), live))
            .as(owned.getKey())
            .isEqualTo(owned.getValue());
      }
    }
  }

  /// @return how many fields the refusal names; several managers may hold the same one
  private static int refused(Step step, @Nullable ObjectNode live) {
    try {
      step.on(live);
      return 0;
    } catch (ApiException conflict) {
      assertThat(conflict.status().code()).isEqualTo(409);
      return (int)
          conflict.status().details().causes().stream().map(it -> it.field()).distinct().count();
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theSameApplyChangesNothing(@ForAll("histories") List<Step> history) {
    @Nullable ObjectNode live = null;
    for (Step step : history) {
      try {
        live = step.on(live);
      } catch (ApiException conflict) {
        continue;
      }
      var later = writer(step.manager(), 60);
      assertThat(FieldManagement.apply(live, step.intent(), PODS, later, Force.NO)).isEqualTo(live);
      for (JsonNode entry : live.path("metadata").path("managedFields")) {
        JsonNode fields = entry.path("fieldsV1");
        assertThat(FieldSetCodec.write(FieldSetCodec.read(fields))).isEqualTo(fields);
      }
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void appliesWithoutConflictCommute(
      @ForAll("pods") ObjectNode base,
      @ForAll("pods") ObjectNode one,
      @ForAll("pods") ObjectNode other) {
    ObjectNode live = new Step("base", base, Force.NO).on(null);
    var first = new Step("m1", one, Force.NO);
    var second = new Step("m2", other, Force.NO);
    ObjectNode here;
    try {
      here = second.on(first.on(live));
    } catch (ApiException conflict) {
      return;
    }
    ObjectNode there = first.on(second.on(live));
    assertThat(Fields.unordered(here)).isEqualTo(Fields.unordered(there));
    for (String manager : List.of("base", "m1", "m2")) {
      assertThat(Fields.ownedBy(manager, here)).isEqualTo(Fields.ownedBy(manager, there));
    }
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void whatOneAppliesAndWithdrawsLeavesNoTrace(
      @ForAll("pods") ObjectNode base, @ForAll("pods") ObjectNode extra) {
    ObjectNode live = new Step("m1", base, Force.NO).on(null);
    ObjectNode with;
    try {
      with = new Step("m2", extra, Force.NO).on(live);
    } catch (ApiException conflict) {
      return;
    }
    ObjectNode without = new Step("m2", Json.object("{metadata:{name:'p'}}"), Force.NO).on(with);
    assertThat(Fields.unordered(without)).isEqualTo(Fields.unordered(live));
    assertThat(Fields.ownedBy("m2", without)).isEmpty();
  }

  /// Updates in between: who writes a field owns it, and nobody loses the others.
  @Property(edgeCases = EdgeCasesMode.NONE)
  void anUpdateTakesExactlyWhatItChanges(
      @ForAll("pods") ObjectNode applied,
      @ForAll("pods") ObjectNode updated,
      @ForAll("pods") ObjectNode again) {
    ObjectNode live = new Step("m1", applied, Force.NO).on(null);
    // An object in which nobody owns anything is not tracked.
    Assume.that(live.path("metadata").has("managedFields"));
    ObjectNode after = updated.deepCopy();
    FieldManagement.afterUpdate(live, after, PODS, writer("u", 1));

    Map<String, String> before = Fields.of(live);
    Map<String, String> now = Fields.of(after);
    now.forEach(
        (field, value) -> {
          boolean kept = value.equals(before.get(field));
          assertThat(Fields.ownedBy("m1", after).contains(field)).as(field).isEqualTo(kept);
          assertThat(Fields.ownedBy("u", after).contains(field)).as(field).isEqualTo(!kept);
        });

    ObjectNode last = new Step("m1", again, Force.YES).on(after);
    Map<String, String> wanted = Fields.of(again);
    assertThat(Fields.of(last)).containsAllEntriesOf(wanted);
    assertThat(Fields.ownedBy("m1", last)).isEqualTo(wanted.keySet());
    for (String field : Fields.ownedBy("u", last)) {
      if (now.containsKey(field)) {
        assertThat(Fields.of(last)).as(last.toString()).containsKey(field);
      }
    }
    for (JsonNode container : last.path("spec").path("containers")) {
      assertThat(container.has("name")).as(last.toString()).isTrue();
    }
  }
}
