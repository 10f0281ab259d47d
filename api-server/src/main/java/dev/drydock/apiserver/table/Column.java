package dev.drydock.apiserver.table;

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

  Column(String title, String type, String format, int priority, Function<Row, Object> cell) {
    this(title, type, format, priority, title, cell);
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
    return new Column("Name", "string", "name", 0, cell);
  }

  static Column age() {
    return of("Age", row -> row.ago("/metadata/creationTimestamp"));
  }

  /// The time itself: kubectl shows it as it is.
  static Column createdAt() {
    return new Column("Created At", "date", "", 0, row -> row.text("/metadata/creationTimestamp"));
  }

  /// Only shown with `-o wide`.
  Column wide() {
    return new Column(title, type, format, 1, cell);
  }
}
