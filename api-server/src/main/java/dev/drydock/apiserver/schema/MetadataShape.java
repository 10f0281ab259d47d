package dev.drydock.apiserver.schema;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An object of which nothing is known but its metadata.
public final class MetadataShape implements Schema {
  public static final MetadataShape INSTANCE = new MetadataShape();

  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private MetadataShape() {}

  @Override
  public Type type() {
    return Type.OBJECT;
  }

  @Override
  public Optional<String> definition() {
    return Optional.empty();
  }

  @Override
  public Map<String, Schema> properties() {
    return Map.of("metadata", Schemas.builtIn().definition(META));
  }

  @Override
  public Set<String> required() {
    return Set.of("metadata");
  }

  @Override
  public Optional<Schema> items() {
    return Optional.empty();
  }

  @Override
  public Facts facts() {
    return Facts.NONE;
  }

  @Override
  public String description() {
    return "";
  }
}
