package dev.drydock.lab.topology;

import java.util.regex.Pattern;

/// A node of the lab.
///
/// @param ordinal 1 for the first; gives the address, and is never given to another node while
///     this one is part of the lab
public record LabNode(String name, int ordinal) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public LabNode {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a node's name has lower case letters, digits and '-' only: '" + name + "'");
    }
  }

  static LabNode numbered(int ordinal) {
    return new LabNode("node-" + ordinal, ordinal);
  }
}
