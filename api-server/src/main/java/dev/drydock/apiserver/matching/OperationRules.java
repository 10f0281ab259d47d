package dev.drydock.apiserver.matching;

import dev.drydock.api.meta.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which operations on which resources: the list `rules` of a webhook, `resourceRules` of a
/// policy.
record OperationRules(List<Rule> rules) {
  private static final String ANY = "*";

  OperationRules {
    rules = List.copyOf(rules);
  }

  /// One rule.
  record Rule(
      Set<String> operations,
      Set<String> groups,
      Set<String> versions,
      List<String> resources,
      Set<String> names,
      String scope) {

    boolean matches(Attempt attempt, ResourceType type) {
      return has(operations, attempt.operation())
          && has(groups, type.group())
          && has(versions, type.version())
          && inScope(attempt)
          && names(attempt.name())
          && resource(type.resource(), attempt.target().subresource());
    }

    private boolean names(String name) {
      return names.isEmpty() || names.contains(name);
    }

    private boolean inScope(Attempt attempt) {
      boolean namespaced = !attempt.target().namespace().isEmpty() && !attempt.isNamespace();
      return switch (scope) {
        case "Namespaced" -> namespaced;
        case "Cluster" -> !namespaced;
        default -> true;
      };
    }

    private boolean resource(String resource, String subresource) {
      for (String pattern : resources) {
        int slash = pattern.indexOf('/');
        String of = slash < 0 ? pattern : pattern.substring(0, slash);
        String sub = slash < 0 ? "" : pattern.substring(slash + 1);
        if ((of.equals(ANY) || of.equals(resource))
            && (sub.equals(ANY) || sub.equals(subresource))) {
          return true;
        }
      }
      return false;
    }

    private static boolean has(Set<String> set, String value) {
      return set.contains(ANY) || set.contains(value);
    }
  }

  static OperationRules of(JsonNode rules) {
    List<Rule> all = new ArrayList<>();
    for (JsonNode rule : rules) {
      all.add(
          new Rule(
              Set.copyOf(texts(rule.path("operations"))),
              Set.copyOf(texts(rule.path("apiGroups"))),
              Set.copyOf(texts(rule.path("apiVersions"))),
              texts(rule.path("resources")),
              Set.copyOf(new HashSet<>(texts(rule.path("resourceNames")))),
              rule.path("scope").stringValue(ANY)));
    }
    return new OperationRules(all);
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.stringValue("")));
    return texts.stream().distinct().toList();
  }

  boolean match(Attempt attempt, ResourceType type) {
    for (Rule rule : rules) {
      if (rule.matches(attempt, type)) {
        return true;
      }
    }
    return false;
  }
}
