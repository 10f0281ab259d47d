package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.pod.PodSpecRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// PodTemplates.
public final class PodTemplateStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> ANY = List.of("Always", "Never", "OnFailure");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode template) {
    PodDefaults.applyTo(template.path("template").path("spec"));
  }

  @Override
  public void validateCreate(ObjectNode template, Violations found) {
    PodSpecRules.checkTemplate(Field.root(template).child("template"), ANY, found);
  }

  @Override
  public void validateUpdate(ObjectNode template, ObjectNode before, Violations found) {
    if (!Objects.equals(template.get("template"), before.get("template"))) {
      validateCreate(template, found);
    }
  }
}
