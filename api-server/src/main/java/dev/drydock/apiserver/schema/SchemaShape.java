package dev.drydock.apiserver.schema;

import dev.drydock.api.schema.Schema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schema of a custom resource as patches, apply and the other generic parts see schemas.
public final class SchemaShape implements Schema {

  private final SchemaNode node;
  private final Place place;
  private volatile @Nullable Map<String, Schema> properties;

  private enum Place {
    WHOLE_OBJECT,
    PART
  }

  private SchemaShape(SchemaNode node, Place place) {
    this.node = node;
    this.place = place;
  }

  /// Of whole objects: their metadata are those of every object.
  public static Schema ofObjects(SchemaNode root) {
    return new SchemaShape(root, Place.WHOLE_OBJECT);
  }

  static Schema ofPart(SchemaNode node) {
    return new SchemaShape(node, node.isEmbedded() ? Place.WHOLE_OBJECT : Place.PART);
  }

  @Override
  public Type type() {
    if (place == Place.WHOLE_OBJECT) {
      return node.preservesUnknown() ? Type.ANY : Type.OBJECT;
    }
    if (node.isIntOrString()) {
      return Type.INT_OR_STRING;
    }
    return switch (node.type()) {
      case "object" ->
          node.preservesUnknown() || (node.properties().isEmpty() && !node.allowsAdditional())
              ? Type.ANY
              : (node.properties().isEmpty() && node.additional() != null) ? Type.MAP : Type.OBJECT;
      case "array" -> node.items() == null ? Type.ANY : Type.ARRAY;
      case "string" -> Type.STRING;
      case "integer" -> Type.INTEGER;
      case "number" -> Type.NUMBER;
      case "boolean" -> Type.BOOLEAN;
      default -> Type.ANY;
    };
  }

  @Override
  public Optional<String> definition() {
    return Optional.empty();
  }

  @Override
  public Map<String, Schema> properties() {
    Map<String, Schema> known = properties;
    if (known == null) {
      known = made();
      properties = known;
    }
    return known;
  }

  private Map<String, Schema> made() {
    var made = new LinkedHashMap<String, Schema>();
    node.properties().forEach((name, part) -> made.put(name, ofPart(part)));
    if (place == Place.WHOLE_OBJECT) {
      made.put("metadata", ObjectMetadata.schema());
      made.putIfAbsent("apiVersion", Text.SCHEMA);
      made.putIfAbsent("kind", Text.SCHEMA);
    }
    return Collections.unmodifiableMap(made);
  }

  @Override
  public Set<String> required() {
    return Set.copyOf(node.required());
  }

  @Override
  public Optional<Schema> items() {
    SchemaNode of = node.type().equals("array") ? node.items() : node.additional();
    return Optional.ofNullable(of).map(SchemaShape::ofPart);
  }

  @Override
  public Facts facts() {
    return new Facts(
        node.format(),
        enumOr(ListType.class, node.listType(), ListType.ATOMIC),
        node.mapKeys(),
        enumOr(MapType.class, node.mapType(), MapType.GRANULAR),
        Set.of(),
        "",
        Optional.ofNullable(node.defaultValue()),
        List.of());
  }

  private static <E extends Enum<E>> E enumOr(Class<E> type, String text, E otherwise) {
    return text.isEmpty() ? otherwise : Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  @Override
  public String description() {
    return node.source().path("description").stringValue("");
  }

  /// A plain text.
  private record Text() implements Schema {
    static final Schema SCHEMA = new Text();

    @Override
    public Type type() {
      return Type.STRING;
    }

    @Override
    public Optional<String> definition() {
      return Optional.empty();
    }

    @Override
    public Map<String, Schema> properties() {
      return Map.of();
    }

    @Override
    public Set<String> required() {
      return Set.of();
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
}
