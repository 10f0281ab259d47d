package dev.drydock.lab.process;

import java.util.Map;

/// What a lab's etcd is told by environment, since it has no flags for it or old versions refuse
/// them. Who sets one of these variables for the launcher has the last word.
final class EtcdEnvironment {
  private EtcdEnvironment() {}

  /// @param processors of the machine
  static Map<String, String> of(int processors) {
    return Map.of(
        // The kernel decides when what was written reaches the disk, as with kind's etcd: the end
        // of a process loses nothing, only that of the machine might.
        "ETCD_UNSAFE_NO_FSYNC",
        "true",
        // It makes garbage with each write and keeps little: collected less often, a write takes a
        // fifth less of its CPU for some 20 MB.
        "GOGC",
        "400",
        // A write passes through ten of its goroutines. Spread over all processors of a small
        // machine, they mostly wake one another, and take turns with who waits for the answer.
        "GOMAXPROCS",
        Integer.toString(Math.max(1, processors / 2)));
  }
}
