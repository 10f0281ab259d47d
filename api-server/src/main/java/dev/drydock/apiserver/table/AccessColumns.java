package dev.drydock.apiserver.table;

import dev.drydock.api.time.HumanDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Who may do what: roles, bindings, service accounts, signing requests.
final class AccessColumns {
  private AccessColumns() {}

  static Map<String, List<Column>> all() {
    List<Column> role = List.of(Column.name(), Column.createdAt());
    return Map.of(
        "roles.rbac.authorization.k8s.io",
        role,
        "clusterroles.rbac.authorization.k8s.io",
        role,
        "rolebindings.rbac.authorization.k8s.io",
        bindings(),
        "clusterrolebindings.rbac.authorization.k8s.io",
        bindings(),
        "serviceaccounts",
        List.of(
            Column.name(),
            Column.number("Secrets", row -> row.at("/secrets").size()),
            Column.age()),
        "certificatesigningrequests.certificates.k8s.io",
        requests());
  }

  private static List<Column> bindings() {
    return List.of(
        Column.name(),
        Column.of("Role", row -> row.text("/roleRef/kind") + "/" + row.text("/roleRef/name")),
        Column.age(),
        Column.of("Users", row -> subjects(row, "User")).wide(),
        Column.of("Groups", row -> subjects(row, "Group")).wide(),
        Column.of("ServiceAccounts", row -> subjects(row, "ServiceAccount")).wide());
  }

  private static Object subjects(Row row, String kind) {
    var names = new ArrayList<String>();
    for (JsonNode subject : row.at("/subjects")) {
      if (subject.path("kind").asString("").equals(kind)) {
        String name = subject.path("name").asString("");
        names.add(
            kind.equals("ServiceAccount")
                ? subject.path("namespace").asString("") + "/" + name
                : name);
      }
    }
    return String.join(", ", names);
  }

  private static List<Column> requests() {
    return List.of(
        Column.name(),
        Column.age(),
        Column.of("SignerName", row -> row.textOr("/spec/signerName", Row.NONE)),
        Column.of("Requestor", row -> row.text("/spec/username")),
        Column.of("RequestedDuration", AccessColumns::duration),
        Column.of("Condition", AccessColumns::condition));
  }

  private static Object duration(Row row) {
    return row.has("/spec/expirationSeconds")
        ? HumanDuration.format(Duration.ofSeconds(row.number("/spec/expirationSeconds")))
        : Row.NONE;
  }

  private static Object condition(Row row) {
    List<String> types = row.texts("/status/conditions", "type");
    String decision =
        types.contains("Denied") ? "Denied" : types.contains("Approved") ? "Approved" : "Pending";
    return decision
        + (types.contains("Failed") ? ",Failed" : "")
        + (row.text("/status/certificate").isEmpty() ? "" : ",Issued");
  }
}
