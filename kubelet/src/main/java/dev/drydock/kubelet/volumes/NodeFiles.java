package dev.drydock.kubelet.volumes;

import dev.drydock.kubelet.files.FileInfo;
import dev.drydock.kubelet.files.FileSystem;
import dev.drydock.kubelet.files.Layer;
import dev.drydock.kubelet.files.MemoryVolume;
import dev.drydock.kubelet.files.Subtree;
import dev.drydock.kubelet.files.Volume;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Files that outlive pods: those of this node itself and persistent volumes. They live as long as
/// this JVM.
public final class NodeFiles {
  /// A node's own table of hosts.
  public static final String HOSTS = "127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n";

  private static final Layer HOST =
      Layer.EMPTY.with(
          Map.of(
              "/etc/hosts", HOSTS,
              "/etc/os-release", "NAME=\"Drydock\"\nID=drydock\nPRETTY_NAME=\"Drydock\"\n",
              "/etc/kubernetes/", "",
              "/dev/null", "",
              "/mnt/", "",
              "/opt/", "",
              "/tmp/", "",
              "/var/lib/", "",
              "/var/log/pods/", "",
              "/var/run/", ""));

  private final InstantSource clock;
  private final Volume host;
  private final Map<String, Volume> volumes = new ConcurrentHashMap<>();

  public NodeFiles(InstantSource clock) {
    this.clock = clock;
    this.host = new MemoryVolume(HOST, clock);
  }

  /// A path of the node.
  ///
  /// @param type `Directory`, `FileOrCreate`, … or empty: a directory is made if nothing is there
  /// @throws SetupFailure when something else is there, or nothing where something must be
  Volume hostPath(String path, String type) throws SetupFailure {
    String base = FileSystem.normal("/", path).substring(1);
    synchronized (host) {
      Optional<FileInfo> found = host.stat(base);
      String kind = type.replace("OrCreate", "");
      boolean mustBeThere = !type.isEmpty() && kind.equals(type);
      if (found.isPresent() ? !matches(found.get(), kind) : mustBeThere) {
        throw new SetupFailure("hostPath type check failed: " + path + " is not a " + named(kind));
      }
      if (found.isEmpty()) {
        make(base, kind);
      }
    }
    return new Subtree(host, base);
  }

  private static boolean matches(FileInfo found, String kind) {
    return switch (kind) {
      case "Directory" -> found.isDirectory();
      case "File" -> !found.isDirectory();
      case "" -> true;
      default -> false;
    };
  }

  private static String named(String kind) {
    return switch (kind) {
      case "Directory" -> "directory";
      case "File" -> "file";
      case "Socket" -> "socket";
      case "CharDevice" -> "character device";
      default -> "block device";
    };
  }

  private void make(String base, String kind) throws SetupFailure {
    try {
      List<String> parts = List.of(base.split("/", -1));
      for (int i = 1; i < parts.size(); i++) {
        host.makeDirectory(String.join("/", parts.subList(0, i)));
      }
      if (kind.equals("File")) {
        host.write(base, new byte[0], Volume.WriteMode.REPLACE);
      } else {
        host.makeDirectory(base);
      }
    } catch (IOException e) {
      throw new SetupFailure("cannot make /" + base + ": " + e.getMessage());
    }
  }

  /// A persistent volume by its name.
  Volume persistent(String name) {
    return volumes.computeIfAbsent("pv:" + name, _ -> fresh());
  }

  Volume fresh() {
    return MemoryVolume.open(clock);
  }
}
