package dev.drydock.apiserver.table;

/// A column that somebody has defined for a custom resource.
///
/// @param type `string`, `integer`, `number`, `boolean`, `date`
/// @param priority 0: always shown; more: with `-o wide`
/// @param jsonPath of the value: `.spec.replicas`
public record PrinterColumn(
    String name, String type, String format, String description, int priority, String jsonPath) {}
