package dev.drydock.kubelet.runtime;

import java.time.Instant;

/// What a running container uses at a moment.
///
/// @param nanoCores the share of a core that it takes now, in billionths
/// @param nanoSeconds the time of cores that it took since its start, in billionths
/// @param memory working set, in bytes
/// @param files what it wrote to its own file system, in bytes
/// @param log what is kept of its log, in bytes
public record ContainerUsage(
    Instant startedAt,
    int processes,
    long nanoCores,
    long nanoSeconds,
    long memory,
    long files,
    long log) {

  /// Measures containers.
  @FunctionalInterface
  public interface Meter {

    /// @throws java.util.NoSuchElementException when it does not run
    ContainerUsage usage(ContainerId id);
  }
}
