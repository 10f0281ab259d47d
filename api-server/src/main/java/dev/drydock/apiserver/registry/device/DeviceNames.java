package dev.drydock.apiserver.registry.device;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.VolumeRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/// How drivers, pools, attributes and shares of devices are called.
///
/// Source: limits and messages of `pkg/apis/resource/validation`.
final class DeviceNames {
  private static final int LONGEST_POOL = 253;
  private static final int LONGEST_IDENTIFIER = 32;
  private static final int LONGEST_KEY = 63 + 1 + LONGEST_IDENTIFIER;
  private static final String DOTS = "...";

  private DeviceNames() {}

  static void checkDriver(Field driver, Violations found) {
    if (found.present(driver, "")) {
      VolumeRules.checkDriver(driver, found);
    }
  }

  static void checkPool(Field pool, Violations found) {
    if (!found.present(pool, "")) {
      return;
    }
    if (pool.text().length() > LONGEST_POOL) {
      found.tooLong(pool, LONGEST_POOL);
    }
    for (String part : pool.text().split("/", -1)) {
      for (String problem : Names.subdomain(part)) {
        found.add(FieldError.invalid(pool.path(), part, problem));
      }
    }
  }

  /// `name`, or `domain/name`.
  static void checkQualified(String path, String name, Violations found) {
    String[] parts = name.split("/", -1);
    if (parts.length == 1) {
      checkIdentifier(path, parts[0], found);
    } else if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        found.add(FieldError.invalid(path, "", "the domain must not be empty"));
      } else {
        Names.subdomain(parts[0].toLowerCase(Locale.ROOT))
            .forEach(problem -> found.add(FieldError.invalid(path, parts[0], problem)));
      }
      if (parts[1].isEmpty()) {
        found.add(FieldError.invalid(path, "", "the name must not be empty"));
      } else {
        checkIdentifier(path, parts[1], found);
      }
    }
  }

  static void checkFullyQualified(Field name, Violations found) {
    checkQualified(name.path(), name.text(), found);
    if (name.text().indexOf('/') < 0) {
      found.invalid(
          name, "a fully qualified name must be a domain and a name separated by a slash");
    }
  }

  private static void checkIdentifier(String path, String name, Violations found) {
    if (name.length() > LONGEST_IDENTIFIER) {
      found.add(FieldError.tooLong(path, LONGEST_IDENTIFIER));
    }
    Names.identifier(name).forEach(problem -> found.add(FieldError.invalid(path, name, problem)));
  }

  /// The path of a value of a map; a key that is too long is cut in its middle.
  static String keyPath(Field map, String key) {
    String shown = key;
    if (key.length() > LONGEST_KEY) {
      int rest = LONGEST_KEY - DOTS.length();
      shown = key.substring(0, (rest + 1) / 2) + DOTS + key.substring(key.length() - rest / 2);
    }
    return map.path() + "[" + shown + "]";
  }

  static void checkUid(Field uid, Violations found) {
    if (!uid.text().matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      found.invalid(uid, "error validating uid: invalid UUID length: " + uid.text().length());
    } else if (!uid.text().equals(uid.text().toLowerCase(Locale.ROOT))) {
      found.invalid(
          uid,
          "uid must be in RFC 4122 normalized form, `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx` with"
              + " lowercase hexadecimal characters");
    }
  }

  /// Tells those that were there before.
  static void checkUnique(List<Field> fields, Violations found) {
    var seen = new HashSet<String>();
    for (Field field : fields) {
      if (!seen.add(field.text())) {
        found.duplicate(field);
      }
    }
  }
}
