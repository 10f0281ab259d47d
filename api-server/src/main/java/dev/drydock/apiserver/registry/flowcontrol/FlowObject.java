package dev.drydock.apiserver.registry.flowcontrol;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Writes a FlowSchema down.
final class FlowObject {
  static final String API_VERSION = "flowcontrol.apiserver.k8s.io/v1";
  static final String AUTOUPDATE = "apf.kubernetes.io/autoupdate-spec";

  private final ObjectNode object = JsonNodeFactory.instance.objectNode();
  private final ObjectNode spec;
  private ObjectNode rule = JsonNodeFactory.instance.objectNode();

  private FlowObject(String name, String level, int precedence) {
    object.put("apiVersion", API_VERSION).put("kind", "FlowSchema");
    object.putObject("metadata").put("name", name).putObject("annotations").put(AUTOUPDATE, "true");
    spec = object.putObject("spec").put("matchingPrecedence", precedence);
    spec.putObject("priorityLevelConfiguration").put("name", level);
  }

  static String nameOf(ObjectNode object) {
    return object.path("metadata").path("name").asString("");
  }

  static FlowObject named(String name, String level, int precedence) {
    return new FlowObject(name, level, precedence);
  }

  FlowObject by(String distinguisher) {
    spec.putObject("distinguisherMethod").put("type", distinguisher);
    return this;
  }

  FlowObject rule(Subjects subjects) {
    rule = spec.withArray("rules").addObject();
    rule.set("subjects", subjects.list);
    return this;
  }

  FlowObject everything() {
    return resources(List.of("*"), "*", List.of("*"))
        .in("*")
        .clusterWide()
        .paths(List.of("*"), List.of("*"));
  }

  FlowObject resources(List<String> verbs, String group, List<String> resources) {
    ObjectNode one = rule.withArray("resourceRules").addObject();
    texts(one.putArray("verbs"), verbs);
    one.putArray("apiGroups").add(group);
    texts(one.putArray("resources"), resources);
    return this;
  }

  /// Of the resources named last.
  FlowObject in(String namespace) {
    last().putArray("namespaces").add(namespace);
    return this;
  }

  FlowObject clusterWide() {
    last().put("clusterScope", true);
    return this;
  }

  private ObjectNode last() {
    ArrayNode rules = rule.withArray("resourceRules");
    return (ObjectNode) rules.get(rules.size() - 1);
  }

  FlowObject paths(List<String> verbs, List<String> paths) {
    ObjectNode one = rule.withArray("nonResourceRules").addObject();
    texts(one.putArray("verbs"), verbs);
    texts(one.putArray("nonResourceURLs"), paths);
    return this;
  }

  private static void texts(ArrayNode list, List<String> texts) {
    texts.forEach(list::add);
  }

  ObjectNode object() {
    return object;
  }

  /// Whose requests a rule is about.
  static final class Subjects {
    private final ArrayNode list = JsonNodeFactory.instance.arrayNode();

    static Subjects users(List<String> names) {
      return new Subjects().all("User", "user", names);
    }

    static Subjects groups(List<String> names) {
      return new Subjects().all("Group", "group", names);
    }

    private Subjects all(String kind, String field, List<String> names) {
      for (String name : new ArrayList<>(names)) {
        list.addObject().put("kind", kind).putObject(field).put("name", name);
      }
      return this;
    }

    Subjects accounts(String namespace, String name) {
      list.addObject()
          .put("kind", "ServiceAccount")
          .putObject("serviceAccount")
          .put("namespace", namespace)
          .put("name", name);
      return this;
    }
  }
}
