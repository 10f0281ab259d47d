package dev.drydock.apiserver.registry.strategy;

import java.util.List;

/// Warnings about names that are allowed but surprising.
public final class NameWarnings {
  private NameWarnings() {}

  /// The name becomes part of host names, of which dots are no part.
  ///
  /// @param use what the name is used for, as messages say it
  public static void tellUnlessLabel(Field object, String use, Violations found) {
    List<String> problems = Names.label(object.child("metadata", "name").text());
    if (!problems.isEmpty()) {
      found.warn(
          "metadata.name: this is used in "
              + use
              + ", which can result in surprising behavior; a DNS label is recommended: ["
              + String.join(" ", problems)
              + "]");
    }
  }
}
