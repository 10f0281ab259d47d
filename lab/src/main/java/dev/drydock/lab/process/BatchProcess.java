package dev.drydock.lab.process;

import java.util.List;
import java.util.stream.Stream;

/// A process in the kernel's scheduling class for batch work (`SCHED_BATCH`).
///
/// Where a request wakes a dozen threads of three processes on two cores, each that wakes would by
/// default interrupt another in the middle of its work. In this class it waits for the other's turn
/// to end: half again as many gets on 32 connections, a seventh more writes and pods. Programs of
/// the user still come first.
public final class BatchProcess {
  private static final String SCRIPT = "chrt -b -p 0 $$ >/dev/null 2>&1; exec \"$@\"";

  private BatchProcess() {}

  /// The command that runs another in this class, or as any process where the system does not let
  /// it.
  public static List<String> command(List<String> command) {
    return Stream.concat(Stream.of("sh", "-c", SCRIPT, "sh"), command.stream()).toList();
  }
}
