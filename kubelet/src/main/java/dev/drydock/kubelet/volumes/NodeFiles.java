package dev.drydock.kubelet.volumes;

import dev.drydock.kubelet.files.MemoryVolume;
import dev.drydock.kubelet.files.Volume;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Files that outlive pods: host paths of this node and persistent volumes. They live as long as
/// this JVM.
public final class NodeFiles {
  private final InstantSource clock;
  private final Map<String, Volume> volumes = new ConcurrentHashMap<>();

  public NodeFiles(InstantSource clock) {
    this.clock = clock;
  }

  /// A path of the host.
  Volume hostPath(String path) {
    return volumes.computeIfAbsent("host:" + path, _ -> fresh());
  }

  /// A persistent volume by its name.
  Volume persistent(String name) {
    return volumes.computeIfAbsent("pv:" + name, _ -> fresh());
  }

  Volume fresh() {
    return MemoryVolume.open(clock);
  }
}
