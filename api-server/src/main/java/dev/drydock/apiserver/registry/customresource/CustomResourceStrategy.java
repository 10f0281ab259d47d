package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.schema.Embedded;
import dev.drydock.apiserver.schema.ListTypes;
import dev.drydock.apiserver.schema.SchemaNode;
import dev.drydock.apiserver.schema.SchemaValidation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The objects of one version of a custom resource: all that is asked of them stands in the
/// definition.
final class CustomResourceStrategy implements ResourceStrategy {
  private final SchemaNode schema;
  private final Rules rules;
  private final Traits traits;
  private final Growth growth;

  /// What the expressions of a schema say.
  interface Rules {
    Rules NONE = (object, before) -> List.of();

    /// @param before the stored object; null for a new one
    List<FieldError> check(ObjectNode object, @Nullable ObjectNode before);
  }

  CustomResourceStrategy(
      SchemaNode schema, Rules rules, List<String> selectableFields, Growth growth) {
    this.schema = schema;
    this.rules = rules;
    this.growth = growth;
    this.traits =
        Traits.USUAL
            .counting()
            .withAnyFinalizers()
            .selectableBy(selectableFields.toArray(new String[0]));
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public void prepareForCreate(ObjectNode object) {
    if (growth.isEnded()) {
      throw ApiException.of(
          StatusReason.METHOD_NOT_ALLOWED,
          "create not allowed while custom resource definition is terminating");
    }
  }

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    check(object, null, found);
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode before, Violations found) {
    check(object, before, found);
  }

  private void check(ObjectNode object, @Nullable ObjectNode before, Violations found) {
    List<FieldError> misfits = SchemaValidation.check(object, before, schema);
    misfits.forEach(found::add);
    Embedded.check(object, schema).forEach(found::add);
    List<FieldError> duplicates = ListTypes.duplicates(object, before, schema);
    duplicates.forEach(found::add);
    // Rules are about well-formed objects only.
    if (misfits.isEmpty() && duplicates.isEmpty()) {
      rules.check(object, before).forEach(found::add);
    }
  }
}
