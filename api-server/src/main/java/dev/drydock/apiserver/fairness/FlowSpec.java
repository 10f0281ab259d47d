package dev.drydock.apiserver.fairness;

import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A FlowSchema, read, and made ready for quick answers.
///
/// @param precedence the lowest that matches decides
/// @param level the name of its priority level
record FlowSpec(
    String name,
    String uid,
    int precedence,
    String level,
    Distinguisher distinguisher,
    List<FlowRule> rules) {
  /// The order in which schemas are asked.
  static final Comparator<FlowSpec> ORDER =
      Comparator.comparingInt(FlowSpec::precedence).thenComparing(FlowSpec::name);

  private static final int USUAL_PRECEDENCE = 1000;

  FlowSpec {
    rules = List.copyOf(rules);
  }

  /// What tells the flows of a schema apart.
  enum Distinguisher {
    NONE,
    USER,
    NAMESPACE
  }

  static FlowSpec of(ObjectNode object) {
    JsonNode metadata = object.path("metadata");
    JsonNode spec = object.path("spec");
    List<FlowRule> rules = new ArrayList<>();
    for (JsonNode rule : spec.path("rules")) {
      rules.add(FlowRule.of(rule));
    }
    return new FlowSpec(
        metadata.path("name").asString(""),
        metadata.path("uid").asString(""),
        spec.path("matchingPrecedence").asInt(USUAL_PRECEDENCE),
        spec.path("priorityLevelConfiguration").path("name").asString(""),
        switch (spec.path("distinguisherMethod").path("type").asString("")) {
          case "ByUser" -> Distinguisher.USER;
          case "ByNamespace" -> Distinguisher.NAMESPACE;
          default -> Distinguisher.NONE;
        },
        rules);
  }

  boolean matches(User user, Subject subject) {
    for (FlowRule rule : rules) {
      if (rule.matches(user, subject)) {
        return true;
      }
    }
    return false;
  }

  /// Which of the schema's flows a request belongs to.
  String flowOf(User user, Subject subject) {
    return switch (distinguisher) {
      case NONE -> "";
      case USER -> user.name();
      case NAMESPACE ->
          subject instanceof Subject.Resource resource ? resource.target().namespace() : "";
    };
  }

  /// The texts of a list; `*` among them is everything.
  record Words(Set<String> words, boolean everything) {
    static Words of(JsonNode list) {
      List<String> words = new ArrayList<>();
      list.forEach(word -> words.add(word.asString("")));
      return new Words(Set.copyOf(words), words.contains("*"));
    }

    boolean has(String word) {
      return everything || words.contains(word);
    }
  }
}
