package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// Paths within volumes and on nodes.
final class Paths {
  private static final int MODE_LIMIT = 0777;

  private Paths() {}

  static boolean goesBack(String path) {
    return List.of(path.split("/", -1)).contains("..");
  }

  /// A path below something.
  static void checkDescending(Field path, Violations found) {
    if (path.text().startsWith("/")) {
      found.invalid(path, "must be a relative path");
    }
    checkForward(path, found);
  }

  /// A path that never leads upwards.
  static void checkForward(Field path, Violations found) {
    if (goesBack(path.text())) {
      found.invalid(path, "must not contain '..'");
    }
  }

  /// A path of a projected file.
  static void checkProjected(Field path, Violations found) {
    checkDescending(path, found);
    if (path.text().startsWith("..") && !path.text().startsWith("../")) {
      found.invalid(path, "must not start with '..'");
    }
  }

  static void checkMode(Field mode, Violations found) {
    if (mode.isPresent() && (mode.number(0) < 0 || mode.number(0) > MODE_LIMIT)) {
      found.invalid(mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }
}
