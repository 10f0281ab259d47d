package dev.drydock.apiserver.registry.rbac;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Role bindings and cluster role bindings: the role they refer to never changes.
public final class BindingStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.named(Names::pathSegment);
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<String> SUBJECTS = List.of("ServiceAccount", "User", "Group");

  private final List<String> roleKinds;

  /// @param roleKinds kinds that such a binding may refer to
  public BindingStrategy(List<String> roleKinds) {
    this.roleKinds = List.copyOf(roleKinds);
  }

  @Override
  public boolean isCreatedByUpdates() {
    return true;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode binding) {
    for (ObjectNode subject : Trees.objects(binding, "subjects")) {
      if (Trees.text(subject, "apiGroup").isEmpty()) {
        switch (Trees.text(subject, "kind")) {
          case "User", "Group" -> subject.put("apiGroup", GROUP);
          default -> subject.remove("apiGroup");
        }
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode binding, Violations found) {
    Field reference = Field.root(binding).child("roleRef");
    if (!reference.child("apiGroup").text().equals(GROUP)) {
      found.notSupported(reference.child("apiGroup"), List.of(GROUP));
    }
    if (!roleKinds.contains(reference.child("kind").text())) {
      found.notSupported(reference.child("kind"), roleKinds);
    }
    if (found.present(reference.child("name"), "")) {
      found.conforms(reference.child("name"), Names::pathSegment);
    }
    for (Field subject : Field.root(binding).child("subjects").items()) {
      found.present(subject.child("name"), "");
      checkSubject(subject, found);
    }
  }

  private void checkSubject(Field subject, Violations found) {
    Field kind = subject.child("kind");
    Field group = subject.child("apiGroup");
    switch (kind.text()) {
      case "ServiceAccount" -> {
        if (!subject.child("name").isEmpty()) {
          found.conforms(subject.child("name"), Names::subdomain);
        }
        if (!group.isEmpty()) {
          found.notSupported(group, List.of(""));
        }
        if (subject.child("namespace").isEmpty() && roleKinds.size() == 1) {
          found.required(subject.child("namespace"), "");
        }
      }
      case "User", "Group" -> {
        if (subject.child("name").isEmpty()) {
          found.add(
              FieldError.invalid(
                  subject.child("name").path(),
                  "",
                  kind.text().toLowerCase(Locale.ROOT) + " name cannot be empty"));
        }
        if (!group.text().equals(GROUP)) {
          found.notSupported(group, List.of(GROUP));
        }
      }
      default -> found.notSupported(kind, SUBJECTS);
    }
  }

  @Override
  public void validateUpdate(ObjectNode binding, ObjectNode before, Violations found) {
    validateCreate(binding, found);
    if (!Objects.equals(binding.get("roleRef"), before.get("roleRef"))) {
      Field reference = Field.root(binding).child("roleRef");
      found.add(
          FieldError.invalid(
              "roleRef",
              new Reference(
                  reference.child("apiGroup").text(),
                  reference.child("kind").text(),
                  reference.child("name").text()),
              "cannot change roleRef"));
    }
  }

  private record Reference(String group, String kind, String name) {
    @Override
    public String toString() {
      return "{\"apiGroup\":\"" + group + "\",\"kind\":\"" + kind + "\",\"name\":\"" + name + "\"}";
    }
  }
}
