package dev.drydock.lab.process;

import dev.drydock.lab.topology.AddressBlock;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.LabNode;
import dev.drydock.lab.topology.Topology;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// The folder in which a lab keeps everything: topology, certificates, kubeconfigs, etcd's data,
/// logs and the process ids. Deleting it while the lab is down forgets the lab.
///
/// @param root absolute
public record LabHome(Path root) {
  private static final String TOPOLOGY = "lab.properties";

  public LabHome {
    root = root.toAbsolutePath().normalize();
  }

  public Path kubeconfig() {
    return root.resolve("kubeconfig");
  }

  /// @param name with its extension: `apiserver.crt`
  public Path pki(String name) {
    return root.resolve("pki").resolve(name);
  }

  /// The kubeconfig of a component: `scheduler.conf`.
  public Path kubeconfig(String name) {
    return root.resolve(name + ".conf");
  }

  /// Where a person may put an audit policy; without one there is no audit log.
  public Path auditPolicy() {
    return root.resolve("audit-policy.yaml");
  }

  /// Where a person may put flags of a component, one a line.
  ///
  /// @param name of a component, or of all of a kind: `api-server`, `kubelet`, `kubelet-node-1`
  public Path flags(String name) {
    return root.resolve("flags").resolve(name);
  }

  public Path auditLog() {
    return root.resolve("logs").resolve("audit.log");
  }

  public Path etcdData() {
    return root.resolve("etcd");
  }

  public Path log(Component component) {
    return root.resolve("logs").resolve(component.name() + ".log");
  }

  Path pidFile(Component component) {
    return root.resolve("run").resolve(component.name() + ".pid");
  }

  /// The topology that the lab was last started with; empty when there is no lab here.
  ///
  /// @throws LabException when the folder holds something else, or the file is damaged
  public Optional<Topology> topology() {
    Path file = root.resolve(TOPOLOGY);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      var nodes = new ArrayList<LabNode>();
      for (String entry : required(properties, "nodes").split(",")) {
        if (!entry.isBlank()) {
          int colon = entry.indexOf(':');
          nodes.add(
              new LabNode(entry.substring(0, colon), Integer.parseInt(entry.substring(colon + 1))));
        }
      }
      return Optional.of(
          new Topology(
              new AddressBlock(Integer.parseInt(required(properties, "block"))),
              nodes,
              Double.parseDouble(required(properties, "time-scale"))));
    } catch (IOException | RuntimeException e) {
      throw new LabException(
          file
              + " can't be read ("
              + e.getMessage()
              + "): mend it, or delete "
              + root
              + " to forget that lab",
          e);
    }
  }

  /// @throws LabException when there is no lab here
  public Topology requireTopology() {
    return topology()
        .orElseThrow(
            () -> new LabException("there is no lab in " + root + ": start one with drydock up"));
  }

  /// Keeps the topology, so that the next start is of the same lab.
  public void save(Topology topology) {
    List<String> nodes =
        topology.nodes().stream().map(node -> node.name() + ":" + node.ordinal()).toList();
    String text =
        "# The lab's topology; written by drydock.\n"
            + "block="
            + topology.block().number()
            + "\nnodes="
            + String.join(",", nodes)
            + "\ntime-scale="
            + topology.timeScale()
            + "\n";
    try {
      Files.createDirectories(root);
      Path next = root.resolve(TOPOLOGY + ".new");
      Files.writeString(next, text);
      Files.move(
          next,
          root.resolve(TOPOLOGY),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new LabException("can't write to " + root + ": " + e.getMessage(), e);
    }
  }

  private static String required(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no entry '" + key + "'");
    }
    return value;
  }
}
