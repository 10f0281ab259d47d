package dev.drydock.apiserver.table;

import dev.drydock.api.schema.Schemas;
import java.util.Objects;
import java.util.function.Function;

/// One column of a table and how to fill it.
///
/// @param title as clients get it; kubectl prints it in capitals
/// @param type `string`, `integer`, `boolean`, `date`
/// @param format `name` for the column that names the object, else empty
/// @param priority 0: always shown; 1: with `-o wide`
/// @param cell a string, a number, a boolean or JSON
record Column(
    String title,
    String type,
    String format,
    int priority,
    String description,
    Function<Row, Object> cell) {
  private static final String METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  Column(String title, String type, String format, int priority, Function<Row, Object> cell) {
    this(title, type, format, priority, title, cell);
  }

  /// What the API says of a field of the metadata.
  static String ofMetadata(String field) {
    return Objects.requireNonNull(Schemas.builtIn().definition(METADATA).properties().get(field))
        .description();
  }

  static Column of(String title, Function<Row, Object> cell) {
    return new Column(title, "string", "", 0, cell);
  }

  static Column number(String title, Function<Row, Object> cell) {
    return new Column(title, "integer", "", 0, cell);
  }

  static Column name() {
    return named(Row::name);
  }

  /// The column Name, for kinds that add something to it.
  static Column named(Function<Row, Object> cell) {
    return new Column("Name", "string", "name", 0, ofMetadata("name"), cell);
  }

  static Column age() {
    return new Column(
        "Age",
        "string",
        "",
        0,
        ofMetadata("creationTimestamp"),
        row -> row.ago("/metadata/creationTimestamp"));
  }

  /// The time itself: kubectl shows it as it is.
  static Column createdAt() {
    return new Column(
        "Created At",
        "date",
        "",
        0,
        ofMetadata("creationTimestamp"),
        row -> row.text("/metadata/creationTimestamp"));
  }

  /// Only shown with `-o wide`.
  Column wide() {
    return new Column(title, type, format, 1, description, cell);
  }
}
