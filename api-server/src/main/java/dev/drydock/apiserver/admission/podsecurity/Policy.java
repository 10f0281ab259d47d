package dev.drydock.apiserver.admission.podsecurity;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What a namespace says by its labels.
///
/// @param enforce what pods must keep to
/// @param audit what is noted when they do not
/// @param warn what users are warned of
/// @param errors labels that cannot be understood
public record Policy(Standard enforce, Standard audit, Standard warn, List<FieldError> errors) {
  private static final String PREFIX = "pod-security.kubernetes.io/";

  public Policy {
    errors = List.copyOf(errors);
  }

  /// An unreadable enforced level counts as the strictest, any other as none.
  public static Policy of(JsonNode namespace) {
    JsonNode labels = namespace.path("metadata").path("labels");
    List<FieldError> errors = new ArrayList<>();
    Standard enforce = read(labels, "enforce", Level.RESTRICTED, errors);
    Standard audit = read(labels, "audit", Level.PRIVILEGED, errors);
    Standard warn = read(labels, "warn", Level.PRIVILEGED, errors);
    boolean silent = !labels.has(PREFIX + "warn");
    if (silent && enforce.level().compareTo(warn.level()) > 0) {
      warn =
          labels.has(PREFIX + "warn-version")
              ? new Standard(enforce.level(), warn.minor())
              : enforce;
    }
    return new Policy(enforce, audit, warn, errors);
  }

  /// Whether it asks for nothing.
  public boolean isPrivileged() {
    return enforce.level() == Level.PRIVILEGED
        && audit.level() == Level.PRIVILEGED
        && warn.level() == Level.PRIVILEGED;
  }

  private static Standard read(
      JsonNode labels, String mode, Level unreadable, List<FieldError> errors) {
    Level level = Level.PRIVILEGED;
    int minor = Standard.LATEST;
    JsonNode levelLabel = labels.path(PREFIX + mode);
    if (levelLabel.isString()) {
      Optional<Level> known = Level.of(levelLabel.stringValue(""));
      if (known.isEmpty()) {
        errors.add(
            FieldError.invalid(
                "metadata.labels[" + PREFIX + mode + "]",
                levelLabel.stringValue(""),
                "must be one of privileged, baseline, restricted"));
      }
      level = known.orElse(unreadable);
    }
    JsonNode versionLabel = labels.path(PREFIX + mode + "-version");
    if (versionLabel.isString()) {
      Optional<Integer> known = Standard.minor(versionLabel.stringValue(""));
      if (known.isEmpty()) {
        errors.add(
            FieldError.invalid(
                "metadata.labels[" + PREFIX + mode + "-version]",
                versionLabel.stringValue(""),
                "must be \"latest\" or \"v1.x\""));
      }
      minor = known.orElse(Standard.LATEST);
    }
    return new Standard(level, minor);
  }
}
