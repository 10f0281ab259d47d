package dev.drydock.controllers.resourcequota;

import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Counting anew, over the fake API.
class QuotaControllerTest {
  private static final ObjectKey KEY = ObjectKey.of("default", "q");

  private static Bench started() {
    return new Bench().run(context -> QuotaController.of(context, 2, Duration.ofMinutes(5)));
  }

  private static ResourceQuota quota(String... limited) {
    var builder =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("q")
            .withNamespace("default")
            .endMetadata()
            .withNewSpec()
            .endSpec();
    for (String name : limited) {
      builder.editSpec().addToHard(name, Quantity.parse("10")).endSpec();
    }
    return builder.build();
  }

  private static String used(Bench bench, String resource) {
    return bench
        .api
        .find(Kinds.RESOURCE_QUOTA, KEY)
        .map(ResourceQuota::getStatus)
        .map(status -> status.getUsed().get(resource))
        .map(Quantity::toString)
        .orElse("");
  }

  private static void configMap(Bench bench, String name) {
    bench.api.given(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .build());
  }

  @Test
  void aNewQuotaIsCounted() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(aPod("a").requesting("cpu", "100m").build());
      bench.api.given(aPod("b").requesting("cpu", "200m").build());
      configMap(bench, "m");
      bench.api.given(quota("pods", "requests.cpu", "count/configmaps", "count/nonsense.org"));
      bench.until(() -> used(bench, "requests.cpu").equals("300m"));

      assertThat(used(bench, "pods")).isEqualTo("2");
      assertThat(used(bench, "count/configmaps")).isEqualTo("1");
      assertThat(used(bench, "count/nonsense.org")).isEmpty();
    }
  }

  @Test
  void whatHasGoneIsGivenBack() throws InterruptedException {
    try (Bench bench = started()) {
      configMap(bench, "m");
      bench.api.given(quota("configmaps"));
      bench.until(() -> used(bench, "configmaps").equals("1"));
      bench.api.resource(Kinds.CONFIG_MAP).delete(ObjectKey.of("default", "m"), Deletion.DEFAULT);
      bench.until(() -> used(bench, "configmaps").equals("0"));
    }
  }

  @Test
  void lostEventsAreFoundAtTheNextCount() throws InterruptedException {
    try (Bench bench = started()) {
      configMap(bench, "m");
      bench.api.given(quota("configmaps"));
      bench.until(() -> used(bench, "configmaps").equals("1"));
      bench.api.dropEvents(Kinds.CONFIG_MAP, 1);
      bench.api.vanish(Kinds.CONFIG_MAP, ObjectKey.of("default", "m"));
      bench.loseAndReplay();
      bench.until(() -> used(bench, "configmaps").equals("0"));
    }
  }

  @Test
  void newLimitsAreCountedToo() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(quota("pods"));
      bench.until(() -> used(bench, "pods").equals("0"));
      ResourceQuota changed =
          new ResourceQuotaBuilder(bench.api.find(Kinds.RESOURCE_QUOTA, KEY).orElseThrow())
              .editSpec()
              .withHard(Map.of("services", Quantity.parse("3")))
              .endSpec()
              .build();
      bench.api.resource(Kinds.RESOURCE_QUOTA).update(changed);
      bench.until(() -> used(bench, "services").equals("0"));
      assertThat(used(bench, "pods")).isEmpty();
    }
  }
}
