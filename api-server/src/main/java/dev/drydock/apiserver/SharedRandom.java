package dev.drydock.apiserver;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Randomness for all threads at once, without a lock: SplitMix64 over a shared counter.
final class SharedRandom implements RandomGenerator {
  private static final long STEP = 0x9e3779b97f4a7c15L;

  private final AtomicLong state;

  SharedRandom(long seed) {
    state = new AtomicLong(seed);
  }

  @Override
  public long nextLong() {
    long z = state.addAndGet(STEP);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /// A random UUID (version 4).
  UUID uuid() {
    long high = (nextLong() & ~0xf000L) | 0x4000L;
    long low = (nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
