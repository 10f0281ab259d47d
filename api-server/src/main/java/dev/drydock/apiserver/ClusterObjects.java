package dev.drydock.apiserver;

import dev.drydock.api.codec.TreeCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The objects that the api-server itself makes. Pure.
record ClusterObjects(
    List<ObjectNode> namespaces, ObjectNode service, ObjectNode endpoints, ObjectNode slice) {

  static ClusterObjects of(ApiServerSettings settings) {
    String address = settings.serving().advertised();
    int port = settings.serving().rest().getPort();
    return new ClusterObjects(
        Stream.of("default", "kube-system", "kube-public", "kube-node-lease")
            .map(ClusterObjects::namespace)
            .toList(),
        service(firstAddress(settings.cluster().services().clusterIps()), port),
        endpoints(address, port),
        slice(address, port));
  }

  private static ObjectNode namespace(String name) {
    return json(
        """
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s"}}\
        """
            .formatted(name));
  }

  private static ObjectNode service(String clusterIp, int port) {
    return json(
        """
        {"apiVersion":"v1","kind":"Service",
         "metadata":{"name":"kubernetes","namespace":"default",
           "labels":{"component":"apiserver","provider":"kubernetes"}},
         "spec":{"type":"ClusterIP","clusterIP":"%s","sessionAffinity":"None",
           "ports":[{"name":"https","protocol":"TCP","port":443,"targetPort":%d}]}}\
        """
            .formatted(clusterIp, port));
  }

  private static ObjectNode endpoints(String address, int port) {
    return json(
        """
        {"apiVersion":"v1","kind":"Endpoints",
         "metadata":{"name":"kubernetes","namespace":"default",
           "labels":{"endpointslice.kubernetes.io/skip-mirror":"true"}},
         "subsets":[{"addresses":[{"ip":"%s"}],
           "ports":[{"name":"https","port":%d,"protocol":"TCP"}]}]}\
        """
            .formatted(address, port));
  }

  private static ObjectNode slice(String address, int port) {
    return json(
        """
        {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",
         "metadata":{"name":"kubernetes","namespace":"default",
           "labels":{"kubernetes.io/service-name":"kubernetes"}},
         "addressType":"IPv4",
         "endpoints":[{"addresses":["%s"],"conditions":{"ready":true}}],
         "ports":[{"name":"https","port":%d,"protocol":"TCP"}]}\
        """
            .formatted(address, port));
  }

  private static ObjectNode json(String text) {
    return TreeCodec.read(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The first address of the range belongs to the Service `kubernetes`.
  static String firstAddress(String cidr) {
    String[] parts = cidr.substring(0, cidr.indexOf('/')).split("\\.", -1);
    long base = 0;
    for (String part : parts) {
      base = base << 8 | Integer.parseInt(part);
    }
    base++;
    return (base >> 24) + "." + (base >> 16 & 255) + "." + (base >> 8 & 255) + "." + (base & 255);
  }
}
