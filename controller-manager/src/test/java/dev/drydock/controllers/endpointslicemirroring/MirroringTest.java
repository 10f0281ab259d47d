package dev.drydock.controllers.endpointslicemirroring;

import static dev.drydock.testkit.objects.Objects.aService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Endpoints written by hand appear as slices.
class MirroringTest {
  private static Endpoints endpoints(String... addresses) {
    var builder =
        new EndpointsBuilder()
            .withNewMetadata()
            .withName("db")
            .withNamespace("default")
            .endMetadata()
            .addNewSubset()
            .addNewPort()
            .withPort(5432)
            .endPort()
            .endSubset();
    for (String address : addresses) {
      builder.editFirstSubset().addNewAddress().withIp(address).endAddress().endSubset();
    }
    return builder.build();
  }

  private static List<EndpointSlice> slices(Bench bench) {
    return bench.api.all(Kinds.ENDPOINT_SLICE);
  }

  @Test
  void slicesFollowTheEndpointsAndGoWithThem() throws InterruptedException {
    try (Bench bench =
        new Bench()
            .run(
                context ->
                    MirroringReconciler.controller(
                        context, new MirroringReconciler.Settings(5, 1000)))) {
      bench.api.given(aService("db").port("", 5432, 5432).build());
      bench.api.given(endpoints("10.9.0.1", "10.9.0.2"));
      bench.until(() -> slices(bench).size() == 1);
      EndpointSlice slice = slices(bench).getFirst();
      assertThat(slice.getMetadata().getLabels())
          .containsEntry("kubernetes.io/service-name", "db")
          .containsEntry(
              "endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io");
      assertThat(slice.getEndpoints()).hasSize(2);
      assertThat(slice.getPorts().getFirst().getPort()).isEqualTo(5432);

      bench.api.vanish(Kinds.ENDPOINTS, ObjectKey.of("default", "db"));
      bench.until(() -> slices(bench).isEmpty());
    }
  }
}
