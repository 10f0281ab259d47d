package dev.drydock.client.event;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which recorded events become a new object, which count up an old one, and which are too many.
/// One thread's.
///
/// Source: the defaults of client-go's correlator: ten different messages in ten minutes are
/// combined; 25 events of one source about one object, then one every five minutes; 4096
/// remembered.
final class EventCorrelator {
  private static final int REMEMBERED = 4096;
  private static final int MOST_SIMILAR = 10;
  private static final Duration SIMILAR_WITHIN = Duration.ofMinutes(10);
  private static final int BURST = 25;
  private static final Duration REFILL = Duration.ofMinutes(5);

  private final Map<Same, Known> known = bounded();
  private final Map<Similar, Messages> similar = bounded();
  private final Map<Object, Bucket> buckets = bounded();

  /// Events that one object counts.
  record Same(Similar similar, String message) {}

  /// Events that differ in their message only.
  record Similar(EventSource source, String uid, String about, String type, String reason) {}

  /// The object that counts.
  record Known(String name, int count, Instant first) {}

  private record Messages(Set<String> texts, Instant last) {}

  private record Bucket(double tokens, Instant at) {}

  private record Spam(EventSource source, String about) {}

  private static <K, V> Map<K, V> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /// Under what an event is to be counted.
  ///
  /// @return empty when there are too many of its source about its object
  Optional<Same> admit(Similar event, String message, Instant now) {
    if (!hasToken(new Spam(event.source(), event.about()), now)) {
      return Optional.empty();
    }
    Messages before = similar.get(event);
    Set<String> texts =
        before == null || before.last().plus(SIMILAR_WITHIN).isBefore(now)
            ? new HashSet<>()
            : before.texts();
    texts.add(message);
    similar.put(event, new Messages(texts, now));
    if (texts.size() < MOST_SIMILAR) {
      return Optional.of(new Same(event, message));
    }
    texts.remove(message);
    return Optional.of(new Same(event, "(combined from similar events): " + message));
  }

  private boolean hasToken(Object key, Instant now) {
    Bucket before = buckets.getOrDefault(key, new Bucket(BURST, now));
    double refilled = (double) Duration.between(before.at(), now).toNanos() / REFILL.toNanos();
    double tokens = Math.min(BURST, before.tokens() + Math.max(0, refilled));
    boolean passes = tokens >= 1;
    buckets.put(key, new Bucket(passes ? tokens - 1 : tokens, now));
    return passes;
  }

  /// The object that already counts such events. Combined ones share one, whatever their text.
  Optional<Known> find(Same same) {
    return Optional.ofNullable(known.get(identity(same)));
  }

  void remember(Same same, Known object) {
    known.put(identity(same), object);
  }

  void forget(Same same) {
    known.remove(identity(same));
  }

  private static Same identity(Same same) {
    return same.message().startsWith("(combined from similar events): ")
        ? new Same(same.similar(), "(combined from similar events)")
        : same;
  }
}
