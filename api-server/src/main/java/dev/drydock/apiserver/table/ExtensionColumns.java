package dev.drydock.apiserver.table;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What extends the API: custom resources, webhooks, policies, other servers, devices.
final class ExtensionColumns {
  private static final String ADMISSION = ".admissionregistration.k8s.io";

  private ExtensionColumns() {}

  static Map<String, List<Column>> all() {
    List<Column> webhooks =
        List.of(
            Column.name(),
            Column.number("Webhooks", row -> row.at("/webhooks").size()),
            Column.age());
    List<Column> bindings =
        List.of(
            Column.name(),
            Column.of("PolicyName", row -> row.text("/spec/policyName")),
            Column.of("ParamRef", ExtensionColumns::parameter),
            Column.age());
    return Map.of(
        "apiservices.apiregistration.k8s.io",
        List.of(
            Column.name(),
            Column.of("Service", ExtensionColumns::service),
            Column.of("Available", ExtensionColumns::available),
            Column.age()),
        "mutatingwebhookconfigurations" + ADMISSION,
        webhooks,
        "validatingwebhookconfigurations" + ADMISSION,
        webhooks,
        "validatingadmissionpolicies" + ADMISSION,
        policies("Validations", "/spec/validations"),
        "mutatingadmissionpolicies" + ADMISSION,
        policies("Mutations", "/spec/mutations"),
        "validatingadmissionpolicybindings" + ADMISSION,
        bindings,
        "mutatingadmissionpolicybindings" + ADMISSION,
        bindings,
        "resourceclaims.resource.k8s.io",
        List.of(Column.name(), Column.of("State", ExtensionColumns::claimState), Column.age()),
        "resourceslices.resource.k8s.io",
        List.of(
            Column.name(),
            Column.of("Node", row -> row.text("/spec/nodeName")),
            Column.of("Driver", row -> row.text("/spec/driver")),
            Column.of("Pool", row -> row.text("/spec/pool/name")),
            Column.age()));
  }

  private static List<Column> policies(String name, String list) {
    return List.of(
        Column.name(),
        Column.number(name, row -> row.at(list).size()),
        Column.of("ParamKind", ExtensionColumns::parameterKind),
        Column.age());
  }

  private static Object parameterKind(Row row) {
    return row.has("/spec/paramKind")
        ? row.text("/spec/paramKind/apiVersion") + "/" + row.text("/spec/paramKind/kind")
        : Row.UNSET;
  }

  private static Object parameter(Row row) {
    if (!row.has("/spec/paramRef")) {
      return Row.UNSET;
    }
    String name = row.text("/spec/paramRef/name");
    return name.isEmpty() ? "*" : row.text("/spec/paramRef/namespace") + "/" + name;
  }

  private static Object service(Row row) {
    return row.has("/spec/service")
        ? row.text("/spec/service/namespace") + "/" + row.text("/spec/service/name")
        : "Local";
  }

  private static Object available(Row row) {
    for (JsonNode condition : row.at("/status/conditions")) {
      if (condition.path("type").asString("").equals("Available")) {
        String status = condition.path("status").asString("");
        return status.equals("True")
            ? status
            : status + " (" + condition.path("reason").asString("") + ")";
      }
    }
    return "Unknown";
  }

  private static Object claimState(Row row) {
    if (row.isBeingDeleted()) {
      return "deleted";
    }
    String state = row.has("/status/allocation") ? "allocated" : "pending";
    return row.at("/status/reservedFor").isEmpty() ? state : state + ",reserved";
  }
}
