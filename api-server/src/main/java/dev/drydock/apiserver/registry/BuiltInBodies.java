package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.SchemaDecoding;
import dev.drydock.api.schema.SchemaDefaults;
import dev.drydock.api.schema.Schemas;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The rules of a built-in kind, whose schema is made by the build.
record BuiltInBodies(GroupVersionKind kind) implements BodyRules {
  @Override
  public Schema schema() {
    return Schemas.builtIn()
        .kind(kind)
        .orElseThrow(() -> new IllegalStateException("no schema of " + kind));
  }

  @Override
  public List<String> decode(ObjectNode body) {
    return SchemaDecoding.decode(body, schema());
  }

  @Override
  public void applyDefaults(ObjectNode object) {
    SchemaDefaults.apply(object, schema());
  }
}
