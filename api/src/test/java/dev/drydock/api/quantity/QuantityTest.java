package dev.drydock.api.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest(name = "{0} prints as {1}")
  @CsvSource({
    "0, 0",
    "0.5, 500m",
    "1000m, 1",
    "1500m, 1500m",
    "1024, 1024",
    "1000, 1k",
    "1024Ki, 1Mi",
    "1.5Gi, 1536Mi",
    "0.5Ki, 512",
    "1e3, 1e3",
    "1E3, 1e3",
    "12E, 12E",
    "0.1u, 100n",
    "0.0000000001, 1n",
    "-5m, -5m",
    "+1, 1",
    "1.2Ki, 1228800m",
    "100Mi, 100Mi",
    "110, 110",
    ".5, 500m",
  })
  void printsCanonically(String text, String canonical) {
    assertThat(Quantity.parse(text)).hasToString(canonical);
    assertThat(Quantity.parse(canonical)).isEqualTo(Quantity.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "1 Gi", "1.2.3", "--1", "Gi"})
  void refusesWhatIsNoQuantity(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .hasMessageStartingWith("quantities must match the regular expression");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1Kii", "1mm", "1e", "1KI"})
  void refusesUnknownSuffixes(String text) {
    assertThatThrownBy(() -> Quantity.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void roundsUpWhenAskedForWholeNumbers() {
    assertThat(Quantity.parse("100m").value()).isEqualTo(1);
    assertThat(Quantity.parse("1u").milliValue()).isEqualTo(1);
    assertThat(Quantity.parse("9E").milliValue()).isEqualTo(Long.MAX_VALUE);
    assertThat(Quantity.parse("64Gi").value()).isEqualTo(64L << 30);
  }

  @Test
  void addsSubtractsAndCompares() {
    Quantity half = Quantity.parse("500m");
    assertThat(half.add(half)).isEqualTo(Quantity.parse("1")).hasToString("1");
    assertThat(Quantity.ZERO.add(Quantity.parse("1Gi"))).hasToString("1Gi");
    assertThat(Quantity.parse("1Gi").subtract(Quantity.parse("1Mi"))).hasToString("1023Mi");
    assertThat(Quantity.parse("1")).isGreaterThan(half).hasSameHashCodeAs(Quantity.parse("1.0"));
    assertThat(Quantity.of(half.toModel())).isEqualTo(half);
  }
}
