package dev.drydock.apiserver.admission;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Which of several classes is the one that is meant when nobody names one.
final class DefaultClasses {
  private DefaultClasses() {}

  /// The newest that one of the annotations marks as default; of several as new, the first by
  /// name.
  static Optional<ObjectNode> newest(List<ObjectNode> classes, List<String> annotations) {
    return classes.stream()
        .filter(
            each ->
                annotations.stream().anyMatch(key -> Trees.annotation(each, key).equals("true")))
        .min(
            Comparator.comparing(DefaultClasses::created)
                .reversed()
                .thenComparing((ObjectNode each) -> Trees.name(each)));
  }

  private static String created(ObjectNode object) {
    return object.path("metadata").path("creationTimestamp").stringValue("");
  }
}
