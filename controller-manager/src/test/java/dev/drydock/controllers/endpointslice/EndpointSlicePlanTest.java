package dev.drydock.controllers.endpointslice;

import static dev.drydock.testkit.objects.Objects.aPod;
import static dev.drydock.testkit.objects.Objects.aService;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controllers.backends.Backend;
import dev.drydock.controllers.endpointslice.EndpointSliceAction.Create;
import dev.drydock.controllers.endpointslice.EndpointSliceAction.Delete;
import dev.drydock.controllers.endpointslice.EndpointSliceAction.Update;
import dev.drydock.testkit.objects.PodObject;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Slices and what is in them.
class EndpointSlicePlanTest {
  private static final Service WEB =
      aService("web").selecting("app", "web").port("http", 80, 8080).build();

  private final Map<String, EndpointSlice> slices = new LinkedHashMap<>();
  private int names;

  private List<EndpointSliceAction> plan(Service service, Collection<Pod> pods) {
    return EndpointSlicePlan.of(
        new EndpointSlicePlan.Observed(
            service,
            pods.stream().map(pod -> new Backend(service, pod)).toList(),
            Map.of("n1", "zone-a"),
            List.copyOf(slices.values()),
            100));
  }

  private int apply(List<EndpointSliceAction> actions) {
    for (EndpointSliceAction action : actions) {
      switch (action) {
        case Create(EndpointSlice slice) -> {
          String name = "web-" + names++;
          slices.put(
              name,
              new EndpointSliceBuilder(slice).editMetadata().withName(name).endMetadata().build());
        }
        case Update(EndpointSlice slice) -> slices.put(slice.getMetadata().getName(), slice);
        case Delete(EndpointSlice slice) -> slices.remove(slice.getMetadata().getName());
      }
    }
    return actions.size();
  }

  private static PodObject pod(int i) {
    return aPod("p" + i).on("n1").ready("10.0." + i / 250 + "." + i % 250);
  }

  private static List<Pod> pods(int count) {
    return IntStream.range(0, count).mapToObj(i -> pod(i).build()).toList();
  }

  private int endpoints() {
    return slices.values().stream().mapToInt(slice -> slice.getEndpoints().size()).sum();
  }

  @Test
  void aServiceWithoutPodsHasOneEmptySlice() {
    assertThat(apply(plan(WEB, List.of()))).isEqualTo(1);
    assertThat(apply(plan(WEB, List.of()))).isZero();
    assertThat(apply(plan(WEB, pods(1)))).isEqualTo(1);
    assertThat(slices).hasSize(1);
  }

  @Test
  void endpointsSayEverythingAboutTheirPod() {
    Pod going = pod(1).deleting(Instant.EPOCH).build();
    apply(plan(WEB, List.of(pod(0).build(), going)));
    EndpointSlice slice = slices.values().iterator().next();
    assertThat(slice.getMetadata().getLabels())
        .containsEntry("kubernetes.io/service-name", "web")
        .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io");
    assertThat(slice.getPorts().getFirst().getPort()).isEqualTo(8080);
    assertThat(slice.getEndpoints().getFirst().getZone()).isEqualTo("zone-a");
    assertThat(slice.getEndpoints().getFirst().getNodeName()).isEqualTo("n1");
    assertThat(slice.getEndpoints().getFirst().getTargetRef().getName()).isEqualTo("p0");
    assertThat(slice.getEndpoints().getLast().getConditions())
        .satisfies(
            conditions -> {
              assertThat(conditions.getReady()).isFalse();
              assertThat(conditions.getServing()).isTrue();
              assertThat(conditions.getTerminating()).isTrue();
            });
  }

  @Test
  void aThousandPodsTakeTenSlicesAndOneChangeTouchesOne() {
    apply(plan(WEB, pods(1000)));
    assertThat(slices).hasSize(10);
    var fewer = new ArrayList<>(pods(1000));
    fewer.remove(500);
    assertThat(apply(plan(WEB, fewer))).isEqualTo(1);
    assertThat(apply(plan(WEB, pods(1000)))).isEqualTo(1);
    assertThat(slices).hasSize(10);
  }

  @Test
  void whateverHappensTheSlicesHoldExactlyThePods() {
    var random = new Random(3);
    for (int round = 0; round < 60; round++) {
      List<Pod> some =
          IntStream.range(0, 350)
              .filter(_ -> random.nextInt(3) > 0)
              .mapToObj(i -> pod(i).build())
              .toList();
      apply(plan(WEB, some));
      assertThat(endpoints()).isEqualTo(some.size());
      assertThat(slices.values())
          .allSatisfy(slice -> assertThat(slice.getEndpoints()).hasSizeLessThanOrEqualTo(100));
      assertThat(plan(WEB, some)).isEmpty();
    }
  }

  @Test
  void namedPortsAreFoundPodByPod() {
    Service named =
        aService("web")
            .with(
                b ->
                    b.editSpec()
                        .addNewPort()
                        .withName("http")
                        .withPort(80)
                        .withNewTargetPort("web")
                        .endPort()
                        .endSpec())
            .build();
    apply(plan(named, List.of(withPort(pod(0), 8080), withPort(pod(1), 9090))));
    assertThat(slices.values())
        .extracting(slice -> slice.getPorts().getFirst().getPort())
        .containsExactlyInAnyOrder(8080, 9090);
  }

  private static Pod withPort(PodObject pod, int port) {
    return pod.with(
            b ->
                b.editSpec()
                    .editFirstContainer()
                    .addNewPort()
                    .withName("web")
                    .withContainerPort(port)
                    .withProtocol("TCP")
                    .endPort()
                    .endContainer()
                    .endSpec())
        .build();
  }
}
