package dev.drydock.scheduler.framework;

import java.util.Arrays;

/// Ways to bring scores to the scale from 0 to [NodeScorer#MAX].
public final class Normalisation {
  private Normalisation() {}

  /// The highest becomes MAX, the others in proportion.
  public static long[] highestIsBest(long[] raw) {
    long max = Arrays.stream(raw).max().orElse(0);
    return max == 0
        ? raw.clone()
        : Arrays.stream(raw).map(score -> score * NodeScorer.MAX / max).toArray();
  }

  /// Zero becomes MAX, the highest becomes 0.
  public static long[] lowestIsBest(long[] raw) {
    long max = Arrays.stream(raw).max().orElse(0);
    return Arrays.stream(raw)
        .map(score -> max == 0 ? NodeScorer.MAX : NodeScorer.MAX - score * NodeScorer.MAX / max)
        .toArray();
  }
}
