package dev.drydock.apiserver.access.rbac;

import java.util.ArrayList;
import java.util.List;

/// Whether some rules allow all that others allow. Pure.
public final class RuleCover {
  private RuleCover() {}

  /// The parts of the wanted rules that nothing held covers, one verb and resource each; empty
  /// when all is covered.
  public static List<PolicyRule> uncovered(List<PolicyRule> held, List<PolicyRule> wanted) {
    List<PolicyRule> missing = new ArrayList<>();
    for (PolicyRule rule : wanted) {
      for (PolicyRule part : parts(rule)) {
        if (held.stream().noneMatch(owner -> covers(owner, part))) {
          missing.add(part);
        }
      }
    }
    return missing;
  }

  /// Cuts a rule into rules of one verb, group, resource and name, or one verb and path.
  private static List<PolicyRule> parts(PolicyRule rule) {
    List<PolicyRule> parts = new ArrayList<>();
    for (String verb : rule.verbs()) {
      for (String group : rule.apiGroups()) {
        for (String resource : rule.resources()) {
          if (rule.resourceNames().isEmpty()) {
            parts.add(part(verb, group, resource, List.of()));
          }
          for (String name : rule.resourceNames()) {
            parts.add(part(verb, group, resource, List.of(name)));
          }
        }
      }
      for (String url : rule.nonResourceUrls()) {
        parts.add(PolicyRule.ofUrls(List.of(verb), List.of(url)));
      }
    }
    return parts;
  }

  private static PolicyRule part(String verb, String group, String resource, List<String> names) {
    return PolicyRule.ofResources(List.of(verb), List.of(group), List.of(resource), names);
  }

  private static boolean covers(PolicyRule owner, PolicyRule part) {
    if (!all(owner.verbs(), part.verbs())) {
      return false;
    }
    if (!part.nonResourceUrls().isEmpty()) {
      return urlCovered(owner.nonResourceUrls(), part.nonResourceUrls().getFirst());
    }
    return all(owner.apiGroups(), part.apiGroups())
        && resourceCovered(owner.resources(), part.resources().getFirst())
        && (owner.resourceNames().isEmpty()
            || (!part.resourceNames().isEmpty()
                && owner.resourceNames().containsAll(part.resourceNames())));
  }

  private static boolean all(List<String> owned, List<String> wanted) {
    return owned.contains("*") || owned.containsAll(wanted);
  }

  private static boolean resourceCovered(List<String> owned, String wanted) {
    if (owned.contains("*") || owned.contains(wanted)) {
      return true;
    }
    int slash = wanted.indexOf('/');
    return slash >= 0 && owned.contains("*" + wanted.substring(slash));
  }

  private static boolean urlCovered(List<String> owned, String wanted) {
    for (String url : owned) {
      boolean below = url.endsWith("*") && wanted.startsWith(url.substring(0, url.length() - 1));
      if (url.equals(wanted) || below) {
        return true;
      }
    }
    return false;
  }
}
