package dev.drydock.apiserver.access.asking;

import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.selector.Requirement;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The `spec` of a SubjectAccessReview.
final class AccessReview {
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  /// In `v1`.
  ObjectNode spec(AccessAttributes attributes) {
    ObjectNode spec = JsonNodeFactory.instance.objectNode();
    switch (attributes) {
      case AccessAttributes.Path path -> {
        ObjectNode wanted = spec.putObject("nonResourceAttributes");
        wanted.put("path", path.path());
        wanted.put("verb", path.verb());
      }
      case AccessAttributes.Resource resource -> resource(spec, resource);
      case AccessAttributes.Selected(
              AccessAttributes.Resource resource,
              var fields,
              var labels) -> {
        ObjectNode wanted = resource(spec, resource);
        fields(wanted, fields);
        labels(wanted, labels);
      }
    }
    user(spec, attributes.user());
    return spec;
  }

  private static void fields(ObjectNode wanted, FieldSelector fields) {
    if (fields.matchesEverything()) {
      return;
    }
    ArrayNode requirements = wanted.putObject("fieldSelector").putArray("requirements");
    for (FieldSelector.Term term : fields.terms()) {
      String operator =
          switch (term.comparison()) {
            case EQUAL -> "In";
            case NOT_EQUAL -> "NotIn";
          };
      requirement(requirements, term.field(), operator, List.of(term.value()));
    }
  }

  /// Comparisons by size can't be said in a review; without them the review is about more.
  private static void labels(ObjectNode wanted, LabelSelector labels) {
    if (labels.matchesEverything()) {
      return;
    }
    ArrayNode requirements = wanted.putObject("labelSelector").putArray("requirements");
    for (Requirement each : labels.requirements()) {
      switch (each.operator()) {
        case EQUALS, IN -> requirement(requirements, each.key(), "In", each.values());
        case NOT_EQUALS, NOT_IN -> requirement(requirements, each.key(), "NotIn", each.values());
        case EXISTS -> requirement(requirements, each.key(), "Exists", List.of());
        case DOES_NOT_EXIST -> requirement(requirements, each.key(), "DoesNotExist", List.of());
        case GREATER_THAN, LESS_THAN -> {}
      }
    }
    if (requirements.isEmpty()) {
      wanted.putObject("labelSelector");
    }
  }

  private static void requirement(
      ArrayNode requirements, String key, String operator, List<String> values) {
    ObjectNode requirement = requirements.addObject();
    requirement.put("key", key);
    requirement.put("operator", operator);
    if (!values.isEmpty()) {
      values.forEach(requirement.putArray("values")::add);
    }
  }

  private ObjectNode resource(ObjectNode spec, AccessAttributes.Resource resource) {
    ObjectNode wanted = spec.putObject("resourceAttributes");
    put(wanted, "namespace", resource.namespace());
    put(wanted, "verb", resource.verb());
    put(wanted, "group", resource.group());
    put(wanted, "version", version(resource.group(), resource.resource()));
    put(wanted, "resource", resource.resource());
    put(wanted, "subresource", resource.subresource());
    put(wanted, "name", resource.name());
    return wanted;
  }

  /// Authority does not depend on the version, so it is not carried along; this is the preferred
  /// one of a built-in type, and any for others.
  private String version(String group, String resource) {
    return versions.computeIfAbsent(
        group + "/" + resource,
        _ ->
            BuiltInTypes.get().all().stream()
                .map(info -> info.type())
                .filter(type -> type.group().equals(group) && type.resource().equals(resource))
                .map(type -> type.version())
                .findFirst()
                .orElse("*"));
  }

  private static void user(ObjectNode spec, User user) {
    put(spec, "user", user.name());
    if (!user.groups().isEmpty()) {
      user.groups().forEach(spec.putArray("groups")::add);
    }
    if (!user.extra().isEmpty()) {
      ObjectNode extra = spec.putObject("extra");
      user.extra().forEach((key, values) -> values.forEach(extra.putArray(key)::add));
    }
    put(spec, "uid", user.uid());
  }

  private static void put(ObjectNode node, String field, String text) {
    if (!text.isEmpty()) {
      node.put(field, text);
    }
  }
}
