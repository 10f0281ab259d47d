package dev.drydock.apiserver.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Services, their endpoints, ingresses, network policies.
final class NetworkColumns {
  private static final int MAX_ENDPOINTS = 3;

  private NetworkColumns() {}

  static Map<String, List<Column>> all() {
    return Map.of(
        "services",
        services(),
        "endpoints",
        List.of(Column.name(), Column.of("Endpoints", NetworkColumns::endpoints), Column.age()),
        "endpointslices.discovery.k8s.io",
        endpointSlices(),
        "ingresses.networking.k8s.io",
        ingresses(),
        "ingressclasses.networking.k8s.io",
        ingressClasses(),
        "networkpolicies.networking.k8s.io",
        List.of(
            Column.name(),
            Column.of("Pod-Selector", row -> Selectors.selector(row.at("/spec/podSelector"))),
            Column.age()),
        "servicecidrs.networking.k8s.io",
        List.of(
            Column.name(),
            Column.of("CIDRs", row -> String.join(",", row.texts("/spec/cidrs"))),
            Column.age()),
        "ipaddresses.networking.k8s.io",
        List.of(Column.name(), Column.of("ParentRef", NetworkColumns::parent)));
  }

  private static List<Column> services() {
    return List.of(
        Column.name(),
        Column.of("Type", row -> row.text("/spec/type")),
        Column.of(
            "Cluster-IP",
            row -> row.textOr("/spec/clusterIPs/0", row.textOr("/spec/clusterIP", Row.NONE))),
        Column.of("External-IP", NetworkColumns::external),
        Column.of("Port(s)", NetworkColumns::servicePorts),
        Column.age(),
        Column.of("Selector", row -> Selectors.labels(row.at("/spec/selector"))).wide());
  }

  private static Object external(Row row) {
    List<String> fixed = row.texts("/spec/externalIPs");
    return switch (row.text("/spec/type")) {
      case "ExternalName" -> row.text("/spec/externalName");
      case "LoadBalancer" -> {
        var all = new ArrayList<>(loadBalancer(row));
        all.addAll(fixed);
        yield all.isEmpty() ? "<pending>" : String.join(",", all);
      }
      default -> Row.joined(fixed);
    };
  }

  private static List<String> loadBalancer(Row row) {
    var addresses = new ArrayList<String>();
    for (JsonNode ingress : row.at("/status/loadBalancer/ingress")) {
      String address = ingress.path("ip").asString(ingress.path("hostname").asString(""));
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  private static Object servicePorts(Row row) {
    var ports = new ArrayList<String>();
    for (JsonNode port : row.at("/spec/ports")) {
      int nodePort = port.path("nodePort").asInt(0);
      ports.add(
          port.path("port").asInt(0)
              + (nodePort > 0 ? ":" + nodePort : "")
              + "/"
              + port.path("protocol").asString("TCP"));
    }
    return Row.joined(ports);
  }

  private static Object endpoints(Row row) {
    var all = new ArrayList<String>();
    for (JsonNode subset : row.at("/subsets")) {
      JsonNode ports = subset.path("ports");
      if (ports.isEmpty()) {
        subset.path("addresses").forEach(one -> all.add(one.path("ip").asString("")));
      }
      for (JsonNode port : ports) {
        for (JsonNode address : subset.path("addresses")) {
          String ip = address.path("ip").asString("");
          all.add((ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port.path("port").asInt(0));
        }
      }
    }
    return Row.limited(all, MAX_ENDPOINTS);
  }

  private static List<Column> endpointSlices() {
    return List.of(
        Column.name(),
        Column.of("AddressType", row -> row.text("/addressType")),
        Column.of("Ports", NetworkColumns::slicePorts),
        Column.of("Endpoints", NetworkColumns::sliceEndpoints),
        Column.age());
  }

  private static Object slicePorts(Row row) {
    var ports = new ArrayList<String>();
    for (JsonNode port : row.at("/ports")) {
      ports.add(port.path("port").asString("*"));
    }
    return ports.isEmpty() ? Row.UNSET : Row.limited(ports, MAX_ENDPOINTS);
  }

  private static Object sliceEndpoints(Row row) {
    var addresses = new ArrayList<String>();
    for (JsonNode endpoint : row.at("/endpoints")) {
      endpoint.path("addresses").forEach(one -> addresses.add(one.asString("")));
    }
    return addresses.isEmpty() ? Row.UNSET : Row.limited(addresses, MAX_ENDPOINTS);
  }

  private static List<Column> ingresses() {
    return List.of(
        Column.name(),
        Column.of("Class", row -> row.textOr("/spec/ingressClassName", Row.NONE)),
        Column.of("Hosts", NetworkColumns::hosts),
        Column.of("Address", row -> String.join(",", loadBalancer(row))),
        Column.of("Ports", row -> row.at("/spec/tls").isEmpty() ? "80" : "80, 443"),
        Column.age());
  }

  private static Object hosts(Row row) {
    List<String> hosts = row.texts("/spec/rules", "host");
    hosts.removeIf(String::isEmpty);
    return hosts.isEmpty() ? "*" : Row.limited(hosts, MAX_ENDPOINTS);
  }

  private static List<Column> ingressClasses() {
    return List.of(
        Column.name(),
        Column.of("Controller", row -> row.text("/spec/controller")),
        Column.of("Parameters", NetworkColumns::parameters),
        Column.age());
  }

  private static Object parameters(Row row) {
    if (!row.has("/spec/parameters")) {
      return Row.NONE;
    }
    String group = row.text("/spec/parameters/apiGroup");
    return row.text("/spec/parameters/kind")
        + (group.isEmpty() ? "" : "." + group)
        + "/"
        + row.text("/spec/parameters/name");
  }

  private static Object parent(Row row) {
    String group = row.text("/spec/parentRef/group");
    String namespace = row.text("/spec/parentRef/namespace");
    return row.text("/spec/parentRef/resource")
        + (group.isEmpty() ? "" : "." + group)
        + "/"
        + (namespace.isEmpty() ? "" : namespace + "/")
        + row.text("/spec/parentRef/name");
  }
}
