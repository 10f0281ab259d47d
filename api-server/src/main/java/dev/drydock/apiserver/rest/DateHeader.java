package dev.drydock.apiserver.rest;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The `Date` header, written anew once a second.
final class DateHeader {
  private final InstantSource clock;
  private volatile Text current = new Text(Long.MIN_VALUE, "");

  private record Text(long second, String text) {}

  DateHeader(InstantSource clock) {
    this.clock = clock;
  }

  String now() {
    Instant now = clock.instant();
    Text text = current;
    if (text.second() != now.getEpochSecond()) {
      text =
          new Text(
              now.getEpochSecond(),
              DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
      current = text;
    }
    return text.text();
  }
}
