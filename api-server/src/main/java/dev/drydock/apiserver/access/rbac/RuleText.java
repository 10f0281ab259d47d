package dev.drydock.apiserver.access.rbac;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a rule of `default-roles.yaml`; its head says how they are written.
final class RuleText {
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "read", List.of("get", "list", "watch"),
          "write", List.of("create", "delete", "deletecollection", "patch", "update"));

  private RuleText() {}

  /// One rule per API group.
  static List<PolicyRule> parse(String verbs, String resources) {
    List<String> verbList = verbs(verbs);
    int of = resources.indexOf(" of ");
    List<String> names = of < 0 ? List.of() : items(resources.substring(0, of));
    List<String> targets = items(of < 0 ? resources : resources.substring(of + 4));
    if (targets.getFirst().startsWith("/")) {
      return List.of(PolicyRule.ofUrls(verbList, targets.equals(List.of("/*")) ? all() : targets));
    }
    Map<String, List<String>> byGroup = new LinkedHashMap<>();
    for (String target : targets) {
      String subresource = "";
      int slash = target.indexOf('/');
      if (slash >= 0) {
        subresource = target.substring(slash);
        target = target.substring(0, slash);
      }
      int dot = target.indexOf('.');
      String group = dot < 0 ? "" : target.substring(dot + 1);
      String resource = dot < 0 ? target : target.substring(0, dot);
      byGroup.computeIfAbsent(group, any -> new ArrayList<>()).add(resource + subresource);
    }
    List<PolicyRule> rules = new ArrayList<>();
    byGroup.forEach(
        (group, list) -> rules.add(PolicyRule.ofResources(verbList, List.of(group), list, names)));
    return rules;
  }

  private static List<String> all() {
    return List.of("*");
  }

  private static List<String> verbs(String text) {
    List<String> verbs = new ArrayList<>();
    for (String word : text.split(" ")) {
      verbs.addAll(WORDS.getOrDefault(word, List.of(word)));
    }
    return verbs;
  }

  private static List<String> items(String text) {
    return List.of(text.trim().split("\\s*,\\s*"));
  }
}
