package dev.drydock.apiserver.patch;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Says which fields an apply would take from whom.
final class ApplyConflicts {
  private final SortedMap<String, List<String>> paths = new TreeMap<>();
  private final List<FieldError> causes = new ArrayList<>();

  void add(ManagedFields.Manager owner, FieldSet fields) {
    String shown = shown(owner);
    fields.eachPath(
        path -> {
          paths.computeIfAbsent(shown, _ -> new ArrayList<>()).add(path);
          causes.add(
              new FieldError(FieldError.Type.MANAGER_CONFLICT, path, "conflict with " + shown));
        });
  }

  boolean isEmpty() {
    return causes.isEmpty();
  }

  private static String shown(ManagedFields.Manager owner) {
    String text = '"' + owner.name() + '"';
    if (!owner.subresource().isEmpty()) {
      text += " with subresource \"" + owner.subresource() + '"';
    }
    return owner.operation().equals(ManagedFields.UPDATE)
        ? text + " using " + owner.apiVersion()
        : text;
  }

  ApiException asException() {
    return new ApiException(
        new Status(
            StatusReason.CONFLICT,
            StatusReason.CONFLICT.code(),
            message(),
            new Status.Details("", "", "", causes, 0)));
  }

  private String message() {
    if (causes.size() == 1) {
      FieldError only = causes.getFirst();
      return "Apply failed with 1 conflict: " + only.message() + ": " + only.field();
    }
    var text = new StringBuilder("Apply failed with " + causes.size() + " conflicts: ");
    String separator = "";
    for (var entry : paths.entrySet()) {
      text.append(separator).append("conflicts with ").append(entry.getKey()).append(':');
      entry.getValue().forEach(path -> text.append("\n- ").append(path));
      separator = "\n";
    }
    return text.toString();
  }
}
