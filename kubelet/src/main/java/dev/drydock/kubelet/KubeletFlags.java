package dev.drydock.kubelet;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.time.GoDuration;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.node.NodeSettings;
import dev.drydock.kubelet.rpc.KubeletServer;
import io.fabric8.kubernetes.api.model.Taint;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The kubelet's flags, and what they come to.
final class KubeletFlags {
  @Option(names = "--hostname-override", description = "The node's name.")
  String hostname = "";

  @Option(names = "--node-ip", description = "The node's address.")
  String nodeIp = "127.0.0.1";

  @Option(names = "--address", description = "Where the server listens.")
  String address = "127.0.0.1";

  @Option(names = "--port", description = "Port of the server; 0: none.")
  int port = 10250;

  @Option(names = "--healthz-bind-address", description = "Where health and metrics are.")
  String healthAddress = "127.0.0.1";

  @Option(names = "--healthz-port", description = "Port of health and metrics; 0: none.")
  int healthPort = 10248;

  @Option(names = "--client-ca-file", description = "Authority of those who call.")
  @Nullable Path clientCa;

  @Option(names = "--tls-cert-file", description = "The server's certificate.")
  @Nullable Path certificate;

  @Option(names = "--tls-private-key-file", description = "Its key.")
  @Nullable Path key;

  @Option(names = "--max-pods", description = "How many pods the node takes.")
  int maxPods = 110;

  @Option(names = "--node-status-update-frequency", description = "How often it is looked at.")
  String statusFrequency = "10s";

  @Option(names = "--node-status-report-frequency", description = "How often it is written.")
  String reportFrequency = "5m";

  @Option(names = "--node-labels", split = ",", description = "KEY=VALUE,…")
  Map<String, String> labels = new HashMap<>();

  @Option(names = "--register-with-taints", split = ",", description = "KEY=VALUE:EFFECT,…")
  List<String> taints = new ArrayList<>();

  @Option(names = "--cluster-dns", split = ",", description = "Address of the cluster's DNS.")
  List<String> clusterDns = List.of("10.96.0.10");

  @Option(names = "--cluster-domain", description = "The cluster's domain.")
  String clusterDomain = "cluster.local";

  @Option(names = "--node-capacity", split = ",", description = "RESOURCE=AMOUNT,…")
  Map<String, String> capacity = new HashMap<>();

  @Option(names = "--image-pull-time", description = "How long a pull takes (300ms).")
  String pullTime = "300ms";

  @Option(names = "--nodes", description = "How many nodes this process is (1).")
  int nodes = 1;

  @Option(names = "--node-name-prefix", description = "Names of many nodes: PREFIX and a number.")
  String prefix = "node-";

  /// One for each node.
  List<NodeSettings> settings() {
    if (nodes < 1) {
      throw new BadFlagException("--nodes must be at least 1, not " + nodes);
    }
    if (nodes == 1) {
      if (hostname.isEmpty()) {
        throw new BadFlagException("required flag: --hostname-override");
      }
      return List.of(settings(hostname, nodeIp));
    }
    List<NodeSettings> all = new ArrayList<>();
    for (int number = 1; number <= nodes; number++) {
      all.add(settings(prefix + number, plus(nodeIp, number - 1)));
    }
    return all;
  }

  private NodeSettings settings(String name, String ip) {
    NodeSettings.Rhythm usual = NodeSettings.Rhythm.STANDARD;
    return new NodeSettings(
        name,
        ip,
        labels,
        taints.stream().map(KubeletFlags::taint).toList(),
        capacity(),
        port,
        new NodeSettings.Rhythm(
            duration("--node-status-update-frequency", statusFrequency),
            duration("--node-status-report-frequency", reportFrequency),
            usual.lease(),
            usual.leaseDuration()));
  }

  private Map<String, Quantity> capacity() {
    Map<String, Quantity> all = new HashMap<>();
    all.put("cpu", Quantity.parse("4"));
    all.put("memory", Quantity.parse("8Gi"));
    all.put("ephemeral-storage", Quantity.parse("100Gi"));
    all.put("pods", Quantity.of(maxPods, Quantity.Format.DECIMAL_SI));
    try {
      capacity.forEach((name, amount) -> all.put(name, Quantity.parse(amount)));
    } catch (IllegalArgumentException e) {
      throw new BadFlagException("--node-capacity: " + e.getMessage());
    }
    return all;
  }

  private static Taint taint(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new BadFlagException("--register-with-taints: no effect in '" + text + "'");
    }
    String pair = text.substring(0, colon);
    int equals = pair.indexOf('=');
    return new Taint(
        text.substring(colon + 1),
        equals < 0 ? pair : pair.substring(0, equals),
        null,
        equals < 0 ? null : pair.substring(equals + 1));
  }

  Duration pullTime() {
    return duration("--image-pull-time", pullTime);
  }

  private static Duration duration(String flag, String text) {
    try {
      return GoDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadFlagException(flag + ": " + e.getMessage());
    }
  }

  /// The resolver of pods; its searches are the cluster's domain.
  PodSandbox.Resolver dns() {
    return new PodSandbox.Resolver(clusterDns, List.of(clusterDomain), List.of("ndots:5"));
  }

  /// Nothing when there is to be no server.
  Optional<KubeletServer.Identity> identity() {
    if (port == 0) {
      return Optional.empty();
    }
    if (certificate == null || key == null || clientCa == null) {
      throw new BadFlagException(
          "--port needs --tls-cert-file, --tls-private-key-file and --client-ca-file");
    }
    return Optional.of(new KubeletServer.Identity(certificate, key, clientCa));
  }

  private static String plus(String ip, int more) {
    String[] parts = ip.split("\\.", -1);
    if (parts.length != 4) {
      throw new BadFlagException("--node-ip: not an IPv4 address: " + ip);
    }
    long value = 0;
    for (String part : parts) {
      value = value * 256 + Integer.parseInt(part);
    }
    value += more;
    return (value >> 24)
        + "."
        + ((value >> 16) & 255)
        + "."
        + ((value >> 8) & 255)
        + "."
        + (value & 255);
  }
}
