package dev.drydock.apiserver.access.rbac;

import dev.drydock.apiserver.access.AccessAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One rule of a role. Rules only allow.
public record PolicyRule(
    List<String> verbs,
    List<String> apiGroups,
    List<String> resources,
    List<String> resourceNames,
    List<String> nonResourceUrls) {
  private static final String ALL = "*";

  public PolicyRule {
    verbs = List.copyOf(verbs);
    apiGroups = List.copyOf(apiGroups);
    resources = List.copyOf(resources);
    resourceNames = List.copyOf(resourceNames);
    nonResourceUrls = List.copyOf(nonResourceUrls);
  }

  public static PolicyRule ofResources(
      List<String> verbs, List<String> groups, List<String> resources, List<String> names) {
    return new PolicyRule(verbs, groups, resources, names, List.of());
  }

  public static PolicyRule ofUrls(List<String> verbs, List<String> urls) {
    return new PolicyRule(verbs, List.of(), List.of(), List.of(), urls);
  }

  /// Of one element of `rules`.
  static PolicyRule of(JsonNode tree) {
    return new PolicyRule(
        strings(tree.path("verbs")),
        strings(tree.path("apiGroups")),
        strings(tree.path("resources")),
        strings(tree.path("resourceNames")),
        strings(tree.path("nonResourceURLs")));
  }

  /// Of `rules`.
  public static List<PolicyRule> listOf(JsonNode rules) {
    List<PolicyRule> list = new ArrayList<>();
    for (JsonNode rule : rules) {
      list.add(of(rule));
    }
    return list;
  }

  private static List<String> strings(JsonNode array) {
    List<String> list = new ArrayList<>();
    for (JsonNode element : array) {
      list.add(element.asString(""));
    }
    return list;
  }

  ObjectNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    put(tree, "verbs", verbs);
    put(tree, "apiGroups", apiGroups);
    put(tree, "resources", resources);
    put(tree, "resourceNames", resourceNames);
    put(tree, "nonResourceURLs", nonResourceUrls);
    return tree;
  }

  private static void put(ObjectNode tree, String field, List<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = tree.putArray(field);
      values.forEach(array::add);
    }
  }

  /// Whether this rule allows that.
  public boolean allows(AccessAttributes attributes) {
    return switch (attributes) {
      case AccessAttributes.Selected selected -> allows(selected.resource());
      case AccessAttributes.Resource wanted ->
          has(verbs, wanted.verb())
              && has(apiGroups, wanted.group())
              && hasResource(wanted)
              && (resourceNames.isEmpty() || resourceNames.contains(wanted.name()));
      case AccessAttributes.Path path -> has(verbs, path.verb()) && hasUrl(path.path());
    };
  }

  private static boolean has(List<String> allowed, String wanted) {
    for (String one : allowed) {
      if (one.equals(ALL) || one.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasResource(AccessAttributes.Resource wanted) {
    String combined = wanted.resourceAndSubresource();
    for (String resource : resources) {
      if (resource.equals(ALL) || resource.equals(combined)) {
        return true;
      }
      // "*/scale": that sub-resource of everything.
      if (!wanted.subresource().isEmpty()
          && resource.startsWith("*/")
          && resource.substring(2).equals(wanted.subresource())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasUrl(String path) {
    for (String url : nonResourceUrls) {
      boolean below = url.endsWith(ALL) && path.startsWith(url.substring(0, url.length() - 1));
      if (url.equals(ALL) || url.equals(path) || below) {
        return true;
      }
    }
    return false;
  }

  /// As Kubernetes prints it in refusals: `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    addPart(parts, "APIGroups", apiGroups);
    addPart(parts, "Resources", resources);
    addPart(parts, "NonResourceURLs", nonResourceUrls);
    addPart(parts, "ResourceNames", resourceNames);
    addPart(parts, "Verbs", verbs);
    return "{" + String.join(", ", parts) + "}";
  }

  private static void addPart(List<String> parts, String name, List<String> values) {
    if (!values.isEmpty()) {
      parts.add(name + ":" + quoted(values));
    }
  }

  static String quoted(List<String> values) {
    return values.stream()
        .map(value -> '"' + value + '"')
        .collect(Collectors.joining(" ", "[", "]"));
  }
}
