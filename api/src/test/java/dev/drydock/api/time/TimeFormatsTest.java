package dev.drydock.api.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatsTest {

  @Test
  void timesHaveSecondsAndMicroTimesSixDecimals() {
    Instant time = Instant.parse("2026-01-02T03:04:05.123456789Z");
    assertThat(KubernetesTime.seconds(time)).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(KubernetesTime.micros(time)).isEqualTo("2026-01-02T03:04:05.123456Z");
    assertThat(KubernetesTime.parse("2026-01-02T04:04:05+01:00"))
        .isEqualTo(KubernetesTime.parse("2026-01-02T03:04:05Z"));
    assertThat(KubernetesTime.parseOrEpoch(null)).isEqualTo(Instant.EPOCH);
  }

  /// The short way is no other way.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00Z",
        "0045-10-09T08:07:06Z",
        "1969-12-31T23:59:59Z",
        "2024-02-29T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59Z",
      })
  void timesOfAllYearsAreReadAndWritten(String text) {
    assertThat(KubernetesTime.parse(text)).isEqualTo(Instant.parse(text));
    assertThat(KubernetesTime.seconds(Instant.parse(text).plusNanos(999_999_999))).isEqualTo(text);
  }

  @Test
  void aDayMayEndAtTwentyFour() {
    assertThat(KubernetesTime.parse("2026-01-02T24:00:00Z"))
        .isEqualTo(KubernetesTime.parse("2026-01-03T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-01T25:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00z ",
        "2026-0١-01T00:00:00Z",
        "x",
      })
  void whatIsNoTimeIsRefused(String text) {
    assertThatThrownBy(() -> KubernetesTime.parse(text)).isInstanceOf(DateTimeException.class);
  }

  @ParameterizedTest(name = "{0} is {1} ms and prints as {2}")
  @CsvSource({
    "0, 0, 0s",
    "1h, 3600000, 1h0m0s",
    "1h30m, 5400000, 1h30m0s",
    "1.5s, 1500, 1.5s",
    "100ms, 100, 100ms",
    "-2m, -120000, -2m0s",
    "5m0.25s, 300250, 5m0.25s",
  })
  void goDurations(String text, long millis, String printed) {
    assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
    assertThat(GoDuration.format(Duration.ofMillis(millis))).isEqualTo(printed);
  }

  @Test
  void refusesBadDurationsAsGoDoes() {
    assertThatThrownBy(() -> GoDuration.parse("5"))
        .hasMessage("time: missing unit in duration \"5\"");
    assertThatThrownBy(() -> GoDuration.parse("x")).hasMessage("time: invalid duration \"x\"");
    assertThatThrownBy(() -> GoDuration.parse("5d"))
        .hasMessage("time: unknown unit \"d\" in duration \"5d\"");
  }

  @ParameterizedTest(name = "{0} s shows as {1}")
  @CsvSource({
    "0, 0s",
    "119, 119s",
    "120, 2m",
    "200, 3m20s",
    "600, 10m",
    "10799, 179m",
    "10800, 3h",
    "12060, 3h21m",
    "28800, 8h",
    "172800, 2d",
    "183600, 2d3h",
    "691200, 8d",
    "63072000, 2y",
    "-5, <invalid>",
  })
  void ages(long seconds, String shown) {
    assertThat(HumanDuration.format(Duration.ofSeconds(seconds))).isEqualTo(shown);
  }
}
