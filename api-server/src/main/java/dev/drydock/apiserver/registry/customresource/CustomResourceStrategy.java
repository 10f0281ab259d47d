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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The objects of one version of a custom resource: all that is asked of them stands in the
/// definition.
final class CustomResourceStrategy implements ResourceStrategy {
  /// Rules are not asked of objects in which something is missing, too much or of the wrong type.
  private static final Set<FieldError.Type> BLOCKING =
      EnumSet.of(
          FieldError.Type.NOT_SUPPORTED,
          FieldError.Type.REQUIRED,
          FieldError.Type.TOO_LONG,
          FieldError.Type.TOO_MANY,
          FieldError.Type.TYPE_INVALID);

  private static final FieldError UNCHECKED =
      new FieldError(
          FieldError.Type.INVALID,
          "<nil>",
          "Invalid value: null: some validation rules were not checked because the object was"
              + " invalid; correct the existing errors to complete validation");

  private final SchemaNode schema;
  private final ScaleRules scale;
  private final Rules rules;
  private final Traits traits;
  private final Growth growth;

  /// What the expressions of a schema say.
  interface Rules {
    boolean isEmpty();

    /// @param before the stored object; null for a new one
    void check(ObjectNode object, @Nullable ObjectNode before, Violations found);
  }

  CustomResourceStrategy(
      SchemaNode schema,
      ScaleRules scale,
      Rules rules,
      List<String> selectableFields,
      Growth growth) {
    this.schema = schema;
    this.scale = scale;
    this.rules = rules;
    this.growth = growth;
    this.traits =
        Traits.USUAL
            .counting()
            .withAnyFinalizers()
            .selectableBy(selectableFields.toArray(new String[0]));
  }

  @Override
  public boolean changesBlindly() {
    return false;
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
    SchemaValidation.check(object, before, schema).forEach(found::add);
    scale.check(object).forEach(found::add);
    Embedded.check(object, schema).forEach(found::add);
    ListTypes.duplicates(object, before, schema).forEach(found::add);
    if (rules.isEmpty()) {
      return;
    }
    if (found.errors().stream().map(FieldError::type).anyMatch(BLOCKING::contains)) {
      found.add(UNCHECKED);
    } else {
      rules.check(object, before, found);
    }
  }
}
