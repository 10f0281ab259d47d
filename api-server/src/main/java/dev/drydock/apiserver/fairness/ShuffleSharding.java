package dev.drydock.apiserver.fairness;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Gives each flow a few of a level's queues: two flows hardly ever get the same hand, so a flow
/// that fills its queues leaves nearly every other one a free queue. Pure.
final class ShuffleSharding {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private ShuffleSharding() {}

  /// Spreads flows evenly; the same flow always gets the same number.
  static long hash(String schema, String flow) {
    long hash = FNV_START;
    for (byte b : (schema + '\0' + flow).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    // FNV alone leaves the upper bits of short texts too alike.
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    return hash ^ hash >>> 33;
  }

  /// The hand of a flow: different queues, in the order in which they are dealt.
  static int[] deal(long hash, int queues, int handSize) {
    int size = Math.min(handSize, queues);
    int[] hand = new int[size];
    int[] sorted = new int[size];
    long rest = hash;
    for (int i = 0; i < size; i++) {
      int left = queues - i;
      int card = (int) Long.remainderUnsigned(rest, left);
      rest = Long.divideUnsigned(rest, left);
      // Counted among those that are still in the deck.
      for (int j = 0; j < i && sorted[j] <= card; j++) {
        card++;
      }
      hand[i] = card;
      sorted[i] = card;
      Arrays.sort(sorted, 0, i + 1);
    }
    return hand;
  }
}
