package dev.drydock.apiserver.table;

import dev.drydock.api.time.KubernetesTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What READY, STATUS and RESTARTS of a pod say: its phase, unless a container has something more
/// telling. The rules are kubectl's.
///
/// @param restartCount of the containers that count now
/// @param lastRestart [Instant#EPOCH]: never
record PodSummary(
    int readyContainers, int containers, String status, long restartCount, Instant lastRestart) {

  String ready() {
    return readyContainers + "/" + containers;
  }

  /// `2 (5s ago)`.
  String restarts(Row row) {
    return restartCount == 0 || lastRestart.equals(Instant.EPOCH)
        ? Long.toString(restartCount)
        : restartCount + " (" + row.ago(lastRestart) + " ago)";
  }

  static PodSummary of(Row row) {
    var scan = new Scan(row);
    return scan.summary();
  }

  /// Goes through the containers, and remembers what it found.
  private static final class Scan {
    private final Row row;
    private final Set<String> sidecars = new HashSet<>();
    private int ready;
    private int total;
    private String status;
    private long restarts;
    private long sidecarRestarts;
    private Instant lastRestart = Instant.EPOCH;
    private Instant lastSidecarRestart = Instant.EPOCH;

    Scan(Row row) {
      this.row = row;
      this.status = row.textOr("/status/reason", row.text("/status/phase"));
      this.total = row.at("/spec/containers").size();
      for (JsonNode container : row.at("/spec/initContainers")) {
        if (container.path("restartPolicy").asString("").equals("Always")) {
          sidecars.add(container.path("name").asString(""));
          total++;
        }
      }
    }

    PodSummary summary() {
      for (JsonNode condition : row.at("/status/conditions")) {
        if (text(condition, "type").equals("PodScheduled")
            && text(condition, "reason").equals("SchedulingGated")) {
          status = "SchedulingGated";
        }
      }
      if (!isInitializing() || row.hasCondition("Initialized")) {
        restarts = sidecarRestarts;
        lastRestart = lastSidecarRestart;
        containers();
      }
      if (row.isBeingDeleted() && row.text("/status/reason").equals("NodeLost")) {
        status = "Unknown";
      } else if (row.isBeingDeleted() && !isTerminal()) {
        status = "Terminating";
      }
      return new PodSummary(ready, total, status, restarts, lastRestart);
    }

    private boolean isTerminal() {
      String phase = row.text("/status/phase");
      return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /// Whether an init container is still at work, or failed; says so in the status.
    private boolean isInitializing() {
      int index = 0;
      for (JsonNode container : row.at("/status/initContainerStatuses")) {
        boolean sidecar = sidecars.contains(text(container, "name"));
        restarts += container.path("restartCount").asLong(0);
        lastRestart = later(lastRestart, finished(container));
        if (sidecar) {
          sidecarRestarts += container.path("restartCount").asLong(0);
          lastSidecarRestart = later(lastSidecarRestart, finished(container));
        }
        JsonNode terminated = container.path("state").path("terminated");
        JsonNode waiting = container.path("state").path("waiting");
        boolean done = terminated.isObject() && terminated.path("exitCode").asInt(0) == 0;
        boolean started = sidecar && container.path("started").asBoolean(false);
        if (!done && started && container.path("ready").asBoolean(false)) {
          ready++;
        }
        if (!done && !started) {
          status = initStatus(terminated, waiting, index);
          return true;
        }
        index++;
      }
      return false;
    }

    private String initStatus(JsonNode terminated, JsonNode waiting, int index) {
      if (terminated.isObject()) {
        String reason = text(terminated, "reason");
        return "Init:" + (reason.isEmpty() ? exit(terminated) : reason);
      }
      String reason = text(waiting, "reason");
      return reason.isEmpty() || reason.equals("PodInitializing")
          ? "Init:" + index + "/" + row.at("/spec/initContainers").size()
          : "Init:" + reason;
    }

    private void containers() {
      boolean running = false;
      JsonNode all = row.at("/status/containerStatuses");
      for (int i = all.size() - 1; i >= 0; i--) {
        JsonNode container = all.get(i);
        restarts += container.path("restartCount").asLong(0);
        lastRestart = later(lastRestart, finished(container));
        JsonNode state = container.path("state");
        JsonNode terminated = state.path("terminated");
        String waitingFor = text(state.path("waiting"), "reason");
        if (!waitingFor.isEmpty()) {
          status = waitingFor;
        } else if (terminated.isObject()) {
          String reason = text(terminated, "reason");
          status = reason.isEmpty() ? exit(terminated) : reason;
        } else if (container.path("ready").asBoolean(false) && state.path("running").isObject()) {
          running = true;
          ready++;
        }
      }
      if (status.equals("Completed") && running) {
        status = row.hasCondition("Ready") ? "Running" : "NotReady";
      }
    }

    private static String exit(JsonNode terminated) {
      int signal = terminated.path("signal").asInt(0);
      return signal != 0 ? "Signal:" + signal : "ExitCode:" + terminated.path("exitCode").asInt(0);
    }

    private static Instant finished(JsonNode container) {
      return KubernetesTime.parseOrEpoch(
          text(container.path("lastState").path("terminated"), "finishedAt"));
    }

    private static Instant later(Instant one, Instant other) {
      return one.isBefore(other) ? other : one;
    }

    private static String text(JsonNode node, String field) {
      return node.path(field).asString("");
    }
  }
}
