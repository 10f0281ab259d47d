package dev.drydock.apiserver.fairness;

import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Map;

/// All schemas in the order in which they are asked, and all levels. Immutable but for what goes
/// on inside the levels.
record FlowTable(List<Flow> flows, Map<String, Level> levels) {
  FlowTable {
    flows = List.copyOf(flows);
    levels = Map.copyOf(levels);
  }

  /// The schema a request belongs to; the last one takes everything.
  Flow flowOf(User user, Subject subject) {
    for (Flow flow : flows) {
      if (flow.spec().matches(user, subject)) {
        return flow;
      }
    }
    return flows.getLast();
  }
}
