package dev.drydock.controllers.servicecidr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kind;
import dev.drydock.controllers.bench.Bench;
import dev.drydock.controllers.servicecidr.ServiceCidrPlan.Action;
import dev.drydock.controllers.servicecidr.ServiceCidrPlan.Life;
import dev.drydock.controllers.servicecidr.ServiceCidrPlan.Readiness;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a ServiceCIDR is ready, and when it goes.
class ServiceCidrTest {
  private static final ObjectKey MORE = ObjectKey.clusterScoped("more");

  private static ServiceRange range(String name, String... blocks) {
    return new ServiceRange(name, Stream.of(blocks).map(AddressBlock::of).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.1, true",
    "10.0.0.0/24, 10.0.0.0, false",
    "10.0.0.0/24, 10.0.0.255, false",
    "10.0.0.0/24, 10.0.1.1, false",
    "10.0.0.0/31, 10.0.0.1, false",
    "2001:db8::/64, 2001:db8::1, true",
    "2001:db8::/64, '2001:db8::', false",
    "2001:db8::/112, 2001:db8::ffff, true",
    "2001:db8::/64, 10.0.0.1, false",
    "0.0.0.0/0, 255.255.255.254, true"
  })
  void aBlockGivesAllButItsEnds(String block, String address, boolean gives) {
    assertThat(AddressBlock.of(block).gives(address)).isEqualTo(gives);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/16, 10.0.1.0/24, true",
    "10.0.0.0/24, 10.0.0.0/24, true",
    "10.0.0.0/24, 10.0.0.0/16, false",
    "10.0.0.0/16, 10.1.0.0/24, false",
    "'::/0', 10.0.0.0/8, false"
  })
  void aBlockContainsItsParts(String block, String part, boolean contains) {
    assertThat(AddressBlock.of(block).contains(AddressBlock.of(part))).isEqualTo(contains);
  }

  @Test
  void oneThatStaysIsHeldAndReady() {
    assertThat(
            ServiceCidrPlan.plan(
                range("a", "10.0.0.0/24"), Life.STAYS, Duration.ZERO, List.of(), List.of()))
        .containsExactly(new Action.Hold(), new Action.Tell(Readiness.READY));
  }

  private static List<Action> ending(
      Duration since, List<ServiceRange> others, String... addresses) {
    return ServiceCidrPlan.plan(
        range("a", "10.0.0.0/24"), Life.ENDING, since, others, List.of(addresses));
  }

  @Test
  void oneThatIsToGoWaitsForItsAddresses() {
    assertThat(ending(Duration.ofHours(1), List.of(), "10.0.0.7"))
        .containsExactly(new Action.Tell(Readiness.NEEDED));
    assertThat(ending(Duration.ofHours(1), List.of(), "10.9.0.7"))
        .containsExactly(new Action.LetGo());
  }

  @Test
  void otherRangesMayTakeItsAddressesOver() {
    assertThat(ending(Duration.ofHours(1), List.of(range("b", "10.0.0.0/16")), "10.0.0.7"))
        .containsExactly(new Action.LetGo());
    assertThat(ending(Duration.ofHours(1), List.of(range("b", "10.0.0.0/29")), "10.0.0.3"))
        .containsExactly(new Action.LetGo());
    assertThat(ending(Duration.ofHours(1), List.of(range("b", "10.0.0.0/29")), "10.0.0.9"))
        .containsExactly(new Action.Tell(Readiness.NEEDED));
  }

  @Test
  void theServersHaveTimeToHearOfIt() {
    assertThat(ending(Duration.ofSeconds(4), List.of()))
        .containsExactly(new Action.Wait(Duration.ofSeconds(6)));
  }

  private static void create(
      Bench bench, Kind<GenericKubernetesResource> kind, String name, Map<String, Object> spec) {
    var object = new GenericKubernetesResource();
    object.setApiVersion(kind.type().apiVersion());
    object.setKind(kind.type().kind());
    object.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withLabels(Map.of("ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io"))
            .build());
    object.setAdditionalProperties(Map.of("spec", spec));
    bench.api.resource(kind).create(object);
  }

  private static String status(Bench bench) {
    return bench
        .api
        .find(ServiceCidrReconciler.RANGES, MORE)
        .map(found -> String.valueOf(found.getAdditionalProperties().get("status")))
        .orElse("gone");
  }

  @Test
  void aRangeGoesWhenItsLastAddressHasGone() throws InterruptedException {
    try (Bench bench = new Bench().run(context -> ServiceCidrReconciler.controller(context, 1))) {
      create(bench, ServiceCidrReconciler.RANGES, "more", Map.of("cidrs", List.of("10.9.0.0/24")));
      bench.until(() -> status(bench).contains("Kubernetes Service CIDR is ready"));
      assertThat(
              bench
                  .api
                  .find(ServiceCidrReconciler.RANGES, MORE)
                  .orElseThrow()
                  .getMetadata()
                  .getFinalizers())
          .containsExactly("networking.k8s.io/service-cidr-finalizer");
      create(bench, ServiceCidrReconciler.ADDRESSES, "10.9.0.5", Map.of());
      bench.api.resource(ServiceCidrReconciler.RANGES).delete(MORE, Deletion.DEFAULT);
      bench.until(() -> status(bench).contains("There are still IPAddresses"));

      bench.api.vanish(ServiceCidrReconciler.ADDRESSES, ObjectKey.clusterScoped("10.9.0.5"));
      bench.until(() -> status(bench).equals("gone"));
    }
  }
}
