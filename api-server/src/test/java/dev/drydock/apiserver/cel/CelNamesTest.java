package dev.drydock.apiserver.cel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelNamesTest {

  @ParameterizedTest
  @CsvSource({
    "replicas, replicas",
    "namespace, __namespace__",
    "my-field.x/y, my__dash__field__dot__x__slash__y",
    "a__b, a__underscores__b",
  })
  void propertiesAreWrittenSoThatExpressionsCanNameThem(String property, String written) {
    assertThat(CelNames.escape(property)).contains(written);
  }

  @Test
  void someCannotBeWritten() {
    assertThat(CelNames.escape("1st")).isEmpty();
  }

  @Test
  void wordsOfTheLanguageAreTaken() {
    assertThat(CelNames.isReserved("in")).isTrue();
    assertThat(CelNames.isReserved("inner")).isFalse();
  }
}
