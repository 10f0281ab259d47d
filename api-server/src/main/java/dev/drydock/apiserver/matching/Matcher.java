package dev.drydock.apiserver.matching;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.Target;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules and selectors of one webhook, policy or binding.
public final class Matcher {
  private final OperationRules rules;
  private final OperationRules excluded;
  private final Policy policy;
  private final LabelSelector namespaces;
  private final LabelSelector objects;
  private final Everything everything;

  private enum Policy {
    EXACT,
    EQUIVALENT
  }

  /// What a matcher without rules matches.
  private enum Everything {
    NOTHING,
    ALL
  }

  /// What a matcher must know of other objects.
  public interface Surroundings {

    /// A namespace; empty when there is none.
    Optional<ObjectNode> namespace(String name);

    /// Other types that show the same objects.
    List<ResourceType> equivalents(ResourceType type);

    /// An object of a write in the version of that type; itself where it has it already.
    ObjectNode shown(ObjectNode object, ResourceType as);

    /// What was made of a shown object, back in the version that the write is in.
    ///
    /// @param asked the type that the client speaks
    ObjectNode taken(ObjectNode object, ResourceType shown, ResourceType asked);

    /// The write with its objects in the version of that type.
    default Attempt shown(Attempt attempt, ResourceType as) {
      ObjectNode object = attempt.object();
      ObjectNode before = attempt.before();
      return new Attempt(
          attempt.operation(),
          attempt.target(),
          object == null ? null : shown(object, as),
          before == null ? null : shown(before, as),
          attempt.user(),
          attempt.persistence());
    }
  }

  private Matcher(
      OperationRules rules,
      OperationRules excluded,
      Policy policy,
      JsonNode selectors,
      Everything everything) {
    this.rules = rules;
    this.excluded = excluded;
    this.policy = policy;
    this.namespaces = selector(selectors.path("namespaceSelector"));
    this.objects = selector(selectors.path("objectSelector"));
    this.everything = everything;
  }

  private static LabelSelector selector(JsonNode selector) {
    return selector.isObject() ? LabelSelector.of(selector) : LabelSelector.EVERYTHING;
  }

  /// Of a webhook.
  public static Matcher ofWebhook(JsonNode webhook) {
    return new Matcher(
        OperationRules.of(webhook.path("rules")),
        new OperationRules(List.of()),
        policy(webhook),
        webhook,
        Everything.NOTHING);
  }

  /// Of `matchConstraints` or a binding's `matchResources`; absent ones of a binding match
  /// whatever the policy does.
  public static Matcher ofResources(JsonNode resources) {
    return new Matcher(
        OperationRules.of(resources.path("resourceRules")),
        OperationRules.of(resources.path("excludeResourceRules")),
        policy(resources),
        resources,
        Everything.ALL);
  }

  private static Policy policy(JsonNode of) {
    return of.path("matchPolicy").stringValue("Equivalent").equals("Exact")
        ? Policy.EXACT
        : Policy.EQUIVALENT;
  }

  /// The type as which the object is to be shown; null when it is no match.
  ///
  /// @throws ApiException when the namespace is not there
  public @Nullable ResourceType match(Attempt attempt, Surroundings surroundings) {
    ResourceType type = type(attempt, surroundings);
    return type != null && selects(attempt, surroundings) ? type : null;
  }

  private @Nullable ResourceType type(Attempt attempt, Surroundings surroundings) {
    ResourceType asked = attempt.target().type();
    if (matchesAny(excluded, attempt, asked, surroundings) != null) {
      return null;
    }
    return rules.rules().isEmpty() && everything == Everything.ALL
        ? asked
        : matchesAny(rules, attempt, asked, surroundings);
  }

  private @Nullable ResourceType matchesAny(
      OperationRules any, Attempt attempt, ResourceType asked, Surroundings surroundings) {
    if (any.rules().isEmpty()) {
      return null;
    }
    if (any.match(attempt, asked)) {
      return asked;
    }
    if (policy == Policy.EQUIVALENT) {
      for (ResourceType other : surroundings.equivalents(asked)) {
        if (any.match(attempt, other)) {
          return other;
        }
      }
    }
    return null;
  }

  private boolean selects(Attempt attempt, Surroundings surroundings) {
    if (!namespaces.matchesEverything() && !namespaceSelected(attempt, surroundings)) {
      return false;
    }
    return objects.matchesEverything()
        || labelsMatch(attempt.object())
        || labelsMatch(attempt.before());
  }

  private boolean labelsMatch(@Nullable ObjectNode object) {
    return object != null && objects.matchesTree(object.path("metadata").path("labels"));
  }

  private boolean namespaceSelected(Attempt attempt, Surroundings surroundings) {
    String name = attempt.namespace();
    if (name.isEmpty()) {
      return true;
    }
    ObjectNode namespace = attempt.isNamespace() ? attempt.object() : null;
    if (namespace == null) {
      namespace =
          surroundings
              .namespace(name)
              .orElseThrow(
                  () ->
                      ApiException.of(
                          StatusReason.NOT_FOUND, "namespaces \"" + name + "\" not found"));
    }
    return namespaces.matchesTree(namespace.path("metadata").path("labels"));
  }

  /// Resources that no webhook and no policy ever sees: those that configure them.
  public static boolean isExempt(Target target) {
    return target.type().group().equals("admissionregistration.k8s.io");
  }
}
