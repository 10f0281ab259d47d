package dev.drydock.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdEnvironmentTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "16, 8"})
  void itUsesHalfOfTheProcessors(int processors, String used) {
    assertThat(EtcdEnvironment.of(processors)).containsEntry("GOMAXPROCS", used);
  }
}
