package dev.drydock.apiserver.served;

import dev.drydock.api.schema.TypeInfo;
import dev.drydock.apiserver.table.PrinterColumn;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the server tells about one version of a custom resource.
///
/// @param listKind kind of its lists
/// @param schema its OpenAPI schema, version 3, as the definition has it; never changed
/// @param columns beyond the name; empty: the age
public record ServedCustom(
    TypeInfo info, String listKind, ObjectNode schema, List<PrinterColumn> columns) {
  public ServedCustom {
    columns = List.copyOf(columns);
  }
}
