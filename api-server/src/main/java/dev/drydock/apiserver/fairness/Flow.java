package dev.drydock.apiserver.fairness;

import dev.drydock.client.health.Metrics.Counter;

/// A FlowSchema at work.
///
/// @param dispatched counts its requests
record Flow(FlowSpec spec, Level level, Counter dispatched) {}
