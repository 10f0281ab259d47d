package dev.drydock.scheduler.plugins;

import dev.drydock.scheduler.framework.ScorePlugin;

/// A score rule and how much it counts.
public record Weighted(ScorePlugin plugin, int weight) {}
