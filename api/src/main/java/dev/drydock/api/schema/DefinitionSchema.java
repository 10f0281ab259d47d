package dev.drydock.api.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A named definition, parsed when something first looks into it.
final class DefinitionSchema implements Schema {

  /// What the JSON says.
  private record Parsed(Map<String, Schema> properties, Set<String> required, Facts facts) {}

  private final Schemas schemas;
  private final DefinitionFile.Entry entry;
  private volatile @Nullable Parsed parsed;

  DefinitionSchema(Schemas schemas, DefinitionFile.Entry entry) {
    this.schemas = schemas;
    this.entry = entry;
  }

  @Override
  public Type type() {
    return Type.OBJECT;
  }

  @Override
  public Optional<String> definition() {
    return Optional.of(entry.name());
  }

  @Override
  public Map<String, Schema> properties() {
    return parsed().properties();
  }

  @Override
  public Set<String> required() {
    return parsed().required();
  }

  @Override
  public Optional<Schema> items() {
    return Optional.empty();
  }

  @Override
  public Facts facts() {
    return parsed().facts();
  }

  @Override
  public String description() {
    return schemas.description(entry.name(), "");
  }

  @Override
  public String toString() {
    return entry.name();
  }

  private Parsed parsed() {
    Parsed known = parsed;
    if (known == null) {
      known = parse(); // twice at worst, to the same
      parsed = known;
    }
    return known;
  }

  private Parsed parse() {
    JsonNode json = entry.json();
    var properties = new LinkedHashMap<String, Schema>();
    json.path("p")
        .properties()
        .forEach(
            field ->
                properties.put(
                    field.getKey(),
                    FieldSchema.parse(schemas, entry.name(), field.getKey(), field.getValue())));
    var required = new LinkedHashSet<String>();
    json.path("q").forEach(name -> required.add(name.asString()));
    return new Parsed(
        Collections.unmodifiableMap(properties),
        Collections.unmodifiableSet(required),
        FieldSchema.facts(json));
  }
}
