package dev.drydock.apiserver.policy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Values;
import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.patch.PatchEngine;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lets MutatingAdmissionPolicies change an object, in place.
public final class MutatingPolicies {
  private final PolicySet policies;
  private final List<PolicySet.Bound> bound;
  private final Attempt attempt;
  private final Set<PolicySet.Bound> asked = new LinkedHashSet<>();
  private final Set<PolicySet.Bound> again = new LinkedHashSet<>();
  private @Nullable ObjectNode after;
  private boolean changed;

  private MutatingPolicies(PolicySet policies, List<PolicySet.Bound> bound, Attempt attempt) {
    this.policies = policies;
    this.bound = bound;
    this.attempt = attempt;
  }

  /// @param trees policies and bindings as the cache has them
  public static MutatingPolicies begin(
      PolicySet policies, ValidatingPolicies.Trees trees, Attempt attempt) {
    return new MutatingPolicies(
        policies, policies.bound(trees.policies(), trees.bindings()), attempt);
  }

  /// Whether the object was changed.
  public boolean hasChanged() {
    return changed;
  }

  /// Each policy changes what it has to.
  ///
  /// @throws ApiException when one fails and that counts
  public void first() {
    for (PolicySet.Bound one : bound) {
      apply(one);
    }
    after = copy();
  }

  /// Those that want to look again do: after which another policy changed the object, or all when
  /// somebody else changed it since.
  public void again() {
    boolean elsewhere = after != null && !after.equals(attempt.object());
    List<PolicySet.Bound> round = List.copyOf(elsewhere ? asked : again);
    for (PolicySet.Bound one : bound) {
      if (round.contains(one)) {
        apply(one);
      }
    }
  }

  private @Nullable ObjectNode copy() {
    ObjectNode object = attempt.object();
    return object == null || asked.isEmpty() ? null : object.deepCopy();
  }

  private void apply(PolicySet.Bound one) {
    for (PolicySet.Matched matched : policies.matched(List.of(one), attempt)) {
      boolean changedBefore = changed;
      changed = false;
      ask(matched);
      if (changed) {
        again.addAll(asked);
      }
      changed |= changedBefore;
      if (one.policy().rules().again() == Policy.Again.IF_NEEDED) {
        asked.add(one);
      }
    }
  }

  private void ask(PolicySet.Matched matched) {
    Policy policy = matched.bound().policy();
    if (!policy.rules().broken().isEmpty()) {
      trouble(matched.bound(), "compilation error: " + policy.rules().broken().getFirst().detail());
      return;
    }
    Params.Found found =
        Params.of(policy, matched.bound().binding(), attempt, policies.means().surroundings());
    switch (found) {
      case Params.Found.Trouble(String message) -> trouble(matched.bound(), message);
      case Params.Found.These(List<JsonNode> each) -> {
        for (JsonNode params : each) {
          mutate(matched, params);
        }
      }
    }
  }

  private void mutate(PolicySet.Matched matched, JsonNode params) {
    PolicySet.Bound by = matched.bound();
    switch (new Evaluation(matched, attempt, params, policies.means()).conditions()) {
      case Conditions.Outcome.Fails _ -> {
        return;
      }
      case Conditions.Outcome.Failed(String message) -> {
        trouble(by, message);
        return;
      }
      case Conditions.Outcome.Holds _ -> {}
    }
    for (Policy.Mutation mutation : by.policy().rules().mutations()) {
      ObjectNode object = attempt.object();
      if (object == null) {
        return;
      }
      try {
        // Each sees what the one before it made.
        var evaluation = new Evaluation(matched, attempt, params, policies.means());
        JsonNode result = Values.toJson(evaluation.value(mutation.expression()));
        ObjectNode seen = policies.means().surroundings().shown(object, matched.shown());
        replace(object, seen, applied(mutation.form(), seen, result, matched.shown()), matched);
      } catch (CelEvaluationException e) {
        trouble(
            by,
            "expression '"
                + mutation.expression().source()
                + "' resulted in error: "
                + e.getMessage());
      } catch (ApiException e) {
        trouble(by, e.status().message());
      }
    }
  }

  private ObjectNode applied(
      Policy.Form form, ObjectNode object, JsonNode result, ResourceType as) {
    return switch (form) {
      case JSON_PATCH -> PatchEngine.json(object, result);
      case APPLY_CONFIGURATION -> {
        Optional<Schema> schema = policies.means().surroundings().schema(object, as);
        yield schema.isPresent()
            ? PatchEngine.structuredMerge(object, result, schema.get())
            : PatchEngine.merge(object, result);
      }
    };
  }

  /// @param seen the object as the policy saw it
  private void replace(
      ObjectNode object, ObjectNode seen, ObjectNode result, PolicySet.Matched matched) {
    if (!result.equals(seen)) {
      ResourceType asked = attempt.target().type();
      ObjectNode taken = policies.means().surroundings().taken(result, matched.shown(), asked);
      object.removeAll();
      object.setAll(taken);
      changed = true;
    }
  }

  private void trouble(PolicySet.Bound by, String message) {
    if (by.policy().failure() == Policy.Failure.FAIL) {
      throw ApiException.forbidden(
          attempt.target().type(),
          attempt.name(),
          "policy '"
              + by.policy().name()
              + "' with binding '"
              + by.binding().name()
              + "' denied request: "
              + message);
    }
  }
}
