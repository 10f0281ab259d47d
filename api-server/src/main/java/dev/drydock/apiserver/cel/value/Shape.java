package dev.drydock.apiserver.cel.value;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an expression may assume about a value: its type, and how large it can get.
///
/// Objects may be recursive, so their fields are looked up when they are needed.
public final class Shape {

  /// The type.
  public enum Kind {
    DYN,
    BOOL,
    INT,
    DOUBLE,
    STRING,
    BYTES,
    TIMESTAMP,
    DURATION,
    LIST,
    MAP,
    OBJECT,
    /// A type of a library; its name says which.
    LIBRARY
  }

  /// How a list compares and adds.
  public enum ListOrder {
    ATOMIC,
    SET,
    MAP
  }

  /// Largest number of characters, elements or entries when nothing limits it.
  public static final long UNLIMITED = -1;

  public static final Shape DYN = scalar(Kind.DYN);
  public static final Shape BOOL = scalar(Kind.BOOL);
  public static final Shape INT = scalar(Kind.INT);
  public static final Shape DOUBLE = scalar(Kind.DOUBLE);
  public static final Shape STRING = scalar(Kind.STRING);
  public static final Shape BYTES = scalar(Kind.BYTES);
  public static final Shape TIMESTAMP = scalar(Kind.TIMESTAMP);
  public static final Shape DURATION = scalar(Kind.DURATION);

  private final Kind kind;
  private final String name;
  private final @Nullable Shape items;
  private final Supplier<Map<String, Field>> fields;
  private final ListOrder order;
  private final List<String> mapKeys;
  private final long maxSize;

  /// A field of an object, under the name that expressions use.
  ///
  /// @param property the name in JSON
  public record Field(String property, Shape shape) {}

  private Shape(
      Kind kind,
      String name,
      @Nullable Shape items,
      Supplier<Map<String, Field>> fields,
      ListOrder order,
      List<String> mapKeys,
      long maxSize) {
    this.kind = kind;
    this.name = name;
    this.items = items;
    this.fields = fields;
    this.order = order;
    this.mapKeys = List.copyOf(mapKeys);
    this.maxSize = maxSize;
  }

  private static Shape scalar(Kind kind) {
    return new Shape(kind, "", null, Map::of, ListOrder.ATOMIC, List.of(), UNLIMITED);
  }

  public static Shape list(Shape items) {
    return new Shape(Kind.LIST, "", items, Map::of, ListOrder.ATOMIC, List.of(), UNLIMITED);
  }

  /// @param mapKeys for [ListOrder#MAP]
  public static Shape list(Shape items, ListOrder order, List<String> mapKeys) {
    return new Shape(Kind.LIST, "", items, Map::of, order, mapKeys, UNLIMITED);
  }

  public static Shape map(Shape values) {
    return new Shape(Kind.MAP, "", values, Map::of, ListOrder.ATOMIC, List.of(), UNLIMITED);
  }

  /// @param name no two different shapes of one expression may have the same name
  /// @param fields by the name that expressions use
  public static Shape object(String name, Supplier<Map<String, Field>> fields) {
    return new Shape(Kind.OBJECT, name, null, fields, ListOrder.ATOMIC, List.of(), UNLIMITED);
  }

  public static Shape library(String name) {
    return new Shape(Kind.LIBRARY, name, null, Map::of, ListOrder.ATOMIC, List.of(), UNLIMITED);
  }

  /// The same of at most so many characters, elements or entries.
  public Shape withMaxSize(long size) {
    return new Shape(kind, name, items, fields, order, mapKeys, size);
  }

  public Kind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  /// Of elements or values.
  public Shape items() {
    return items == null ? DYN : items;
  }

  public Map<String, Field> fields() {
    return fields.get();
  }

  /// A field by the name that expressions use.
  public Optional<Field> field(String field) {
    return Optional.ofNullable(fields.get().get(field));
  }

  public ListOrder order() {
    return order;
  }

  public List<String> mapKeys() {
    return mapKeys;
  }

  public long maxSize() {
    return maxSize;
  }
}
