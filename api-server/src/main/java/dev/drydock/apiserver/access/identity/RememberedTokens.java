package dev.drydock.apiserver.access.identity;

import dev.drydock.apiserver.access.identity.BearerTokens.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Asks another reader, and remembers for a while what it said.
public final class RememberedTokens implements BearerTokens {
  private static final int MOST = 4096;

  private final BearerTokens reader;
  private final Duration standing;
  private final Duration foreign;
  private final InstantSource clock;
  private final Map<Asked, Answer> answers = new ConcurrentHashMap<>();

  private record Asked(String token, List<String> audiences) {}

  private record Answer(Reading reading, Instant until) {}

  /// @param standing how long a token that stands for somebody does so unasked
  /// @param foreign how long a token that is of another kind stays so; zero: it is asked about each
  ///     time, as is one that was refused
  public RememberedTokens(
      BearerTokens reader, Duration standing, Duration foreign, InstantSource clock) {
    this.reader = reader;
    this.standing = standing;
    this.foreign = foreign;
    this.clock = clock;
  }

  @Override
  public Reading read(String token, List<String> audiences) {
    var asked = new Asked(token, audiences);
    Instant now = clock.instant();
    Answer known = answers.get(asked);
    if (known != null && now.isBefore(known.until())) {
      return known.reading();
    }
    Reading reading = reader.read(token, audiences);
    Duration lasting =
        switch (reading) {
          case Reading.Stands _ -> standing;
          case Reading.Foreign _ -> foreign;
          case Reading.Refused _ -> Duration.ZERO;
        };
    if (lasting.isPositive()) {
      if (answers.size() >= MOST) {
        answers.values().removeIf(answer -> !now.isBefore(answer.until()));
        if (answers.size() >= MOST) {
          answers.clear();
        }
      }
      answers.put(asked, new Answer(reading, now.plus(lasting)));
    } else {
      answers.remove(asked);
    }
    return reading;
  }
}
