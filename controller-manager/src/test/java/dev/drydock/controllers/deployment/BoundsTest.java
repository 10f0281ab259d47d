package dev.drydock.controllers.deployment;

import static dev.drydock.testkit.objects.Objects.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Surge rounds up, unavailability down.
class BoundsTest {
  @ParameterizedTest
  @CsvSource({
    "10, 25%, 25%, 3, 2",
    "3, 25%, 25%, 1, 0",
    "1, 25%, 25%, 1, 0",
    "4, 50%, 1, 2, 1",
    "4, 0, 0, 0, 1",
    "4, 0, 10%, 0, 1",
    "2, 0, 5, 0, 2",
    "0, 25%, 25%, 0, 0"
  })
  void resolve(int replicas, String surge, String unavailable, int most, int fewest) {
    var deployment =
        aDeployment("web")
            .replicas(replicas)
            .with(
                b ->
                    b.editSpec()
                        .editOrNewStrategy()
                        .withType("RollingUpdate")
                        .withNewRollingUpdate()
                        .withMaxSurge(value(surge))
                        .withMaxUnavailable(value(unavailable))
                        .endRollingUpdate()
                        .endStrategy()
                        .endSpec())
            .build();
    assertThat(Bounds.of(deployment)).isEqualTo(new Bounds(replicas, most, fewest));
  }

  private static IntOrString value(String text) {
    return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.valueOf(text));
  }
}
