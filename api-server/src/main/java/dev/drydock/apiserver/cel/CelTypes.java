package dev.drydock.apiserver.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.Immutable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.drydock.apiserver.cel.value.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Shapes as the checker's types. Knows every object type that it was asked for.
@Immutable
@SuppressWarnings("Immutable") // The map only grows by what follows from the shapes.
final class CelTypes implements CelTypeProvider {
  private final Map<String, StructType> objects = new ConcurrentHashMap<>();

  CelType of(Shape shape) {
    return switch (shape.kind()) {
      case DYN -> SimpleType.DYN;
      case BOOL -> SimpleType.BOOL;
      case INT -> SimpleType.INT;
      case DOUBLE -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case BYTES -> SimpleType.BYTES;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
      case DURATION -> SimpleType.DURATION;
      case LIST -> ListType.create(of(shape.items()));
      case MAP -> MapType.create(SimpleType.STRING, of(shape.items()));
      case OBJECT -> object(shape);
      case LIBRARY -> OpaqueType.create(shape.name());
    };
  }

  private CelType object(Shape shape) {
    if (!objects.containsKey(shape.name())) {
      Map<String, Shape.Field> fields = shape.fields();
      objects.put(
          shape.name(),
          StructType.create(
              shape.name(),
              ImmutableSet.copyOf(fields.keySet()),
              name -> Optional.ofNullable(fields.get(name)).map(field -> of(field.shape()))));
    }
    return StructTypeReference.create(shape.name());
  }

  /// Makes an object type whose fields can be anything, to be constructed.
  void constructible(String name, Iterable<String> fields) {
    objects.put(
        name,
        StructType.create(name, ImmutableSet.copyOf(fields), field -> Optional.of(SimpleType.DYN)));
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return ImmutableList.copyOf(objects.values());
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(objects.get(name));
  }

  /// A type in words.
  static String name(CelType type) {
    return dev.cel.common.types.CelTypes.format(type);
  }
}
