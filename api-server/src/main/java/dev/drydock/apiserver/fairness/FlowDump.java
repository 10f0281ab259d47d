package dev.drydock.apiserver.fairness;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What goes on inside, for people: `/debug/api_priority_and_fairness/…`.
public record FlowDump(FlowControl control) {
  private static final String FOLDER = "/debug/api_priority_and_fairness/";

  /// The texts by path.
  public Map<String, Supplier<String>> pages() {
    return Map.of(
        FOLDER + "dump_priority_levels", this::levels,
        FOLDER + "dump_queues", this::queues,
        FOLDER + "dump_requests", this::requests);
  }

  private Map<String, Level> sorted() {
    return new TreeMap<>(control.table().levels());
  }

  private String levels() {
    var text =
        row(
            "PriorityLevelName",
            "ActiveQueues",
            "IsIdle",
            "IsQuiescing",
            "WaitingRequests",
            "ExecutingRequests",
            "DispatchedRequests",
            "RejectedRequests",
            "TimedoutRequests",
            "CancelledRequests");
    sorted()
        .forEach(
            (name, level) -> {
              var states = level.queues().states();
              long active =
                  states.stream()
                      .filter(state -> state.executing() > 0 || !state.waiting().isEmpty())
                      .count();
              Level.Figures figures = level.figures();
              int waiting = level.queues().waitingRequests();
              text.append(
                  row(
                      name,
                      active,
                      waiting == 0 && figures.executing() == 0,
                      false,
                      waiting,
                      figures.executing(),
                      figures.dispatched(),
                      figures.rejected(),
                      figures.timedOut(),
                      0));
            });
    return text.toString();
  }

  private String queues() {
    var text =
        row(
            "PriorityLevelName",
            "Index",
            "PendingRequests",
            "ExecutingRequests",
            "SeatsInUse",
            "NextDispatchR",
            "InitialSeatsSum",
            "MaxSeatsSum",
            "TotalWorkSum");
    sorted()
        .forEach(
            (name, level) -> {
              if (level.spec().kind() == LevelSpec.Kind.QUEUING) {
                level
                    .queues()
                    .states()
                    .forEach(
                        state -> {
                          int seats = state.waiting().stream().mapToInt(w -> w.width()).sum();
                          text.append(
                              row(
                                  name,
                                  state.index(),
                                  state.waiting().size(),
                                  state.executing(),
                                  state.seats(),
                                  String.format(Locale.ROOT, "%.8fss", state.next()),
                                  seats,
                                  seats,
                                  String.format(Locale.ROOT, "%.8fss", seats * 60.0)));
                        });
              }
            });
    return text.toString();
  }

  private String requests() {
    var text =
        row(
            "PriorityLevelName",
            "FlowSchemaName",
            "QueueIndex",
            "RequestIndexInQueue",
            "FlowDistingsher",
            "ArriveTime",
            "InitialSeats",
            "FinalSeats",
            "AdditionalLatency",
            "StartTime");
    sorted()
        .forEach(
            (name, level) -> {
              for (FairQueues.QueueState state : level.queues().states()) {
                List<Waiter.Asking> waiting = state.waiting();
                for (int i = 0; i < waiting.size(); i++) {
                  Waiter.Asking asking = waiting.get(i);
                  text.append(
                      row(
                          name,
                          asking.schema(),
                          state.index(),
                          i,
                          asking.flow(),
                          asking.arrived(),
                          asking.width(),
                          0,
                          "0s",
                          "0001-01-01T00:00:00Z"));
                }
              }
            });
    return text.toString();
  }

  private static StringBuilder row(Object... cells) {
    var row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      row.append(i == 0 ? "" : ", ").append(cells[i]);
    }
    return row.append('\n');
  }
}
