package dev.drydock.controllers.namespace;

import static dev.drydock.testkit.objects.Objects.aNamespace;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import dev.drydock.controllers.rootca.RootCaReconciler;
import dev.drydock.controllers.serviceaccount.ServiceAccountReconciler;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What a namespace gets, and how it goes.
class NamespaceControllerTest {
  private static final ObjectKey SHOP = ObjectKey.clusterScoped("shop");

  private static Bench started() {
    var bench = new Bench();
    bench.api.given(aNamespace("shop"));
    return bench
        .run(context -> NamespaceReconciler.controller(context, 10))
        .run(context -> ServiceAccountReconciler.controller(context, 5))
        .run(context -> RootCaReconciler.controller(context, "PEM"));
  }

  private static boolean isFurnished(Bench bench) {
    return bench.api.find(Kinds.SERVICE_ACCOUNT, ObjectKey.of("shop", "default")).isPresent()
        && bench
            .api
            .find(Kinds.CONFIG_MAP, ObjectKey.of("shop", "kube-root-ca.crt"))
            .filter(map -> "PEM".equals(map.getData().get("ca.crt")))
            .isPresent();
  }

  @Test
  void everyNamespaceHasItsAccountAndCertificatesAlsoWhenTheyAreTakenAway()
      throws InterruptedException {
    try (Bench bench = started()) {
      bench.until(() -> isFurnished(bench));
      bench
          .api
          .resource(Kinds.SERVICE_ACCOUNT)
          .delete(ObjectKey.of("shop", "default"), Deletion.DEFAULT);
      bench
          .api
          .resource(Kinds.CONFIG_MAP)
          .delete(ObjectKey.of("shop", "kube-root-ca.crt"), Deletion.DEFAULT);
      bench.until(() -> isFurnished(bench));
    }
  }

  @Test
  void aDeletedNamespaceIsEmptiedThenGone() throws InterruptedException {
    try (Bench bench = started()) {
      bench.api.given(aPod("web").in("shop").build());
      bench.until(() -> isFurnished(bench));
      bench.api.resource(Kinds.NAMESPACE).delete(SHOP, Deletion.DEFAULT);
      bench.until(Duration.ofSeconds(1), () -> bench.api.find(Kinds.NAMESPACE, SHOP).isEmpty());
      assertThat(bench.api.all(Kinds.POD)).isEmpty();
      assertThat(bench.api.all(Kinds.CONFIG_MAP)).isEmpty();
      assertThat(bench.api.all(Kinds.SERVICE_ACCOUNT)).isEmpty();
    }
  }

  @Test
  void aServerThatCannotBeAskedHoldsTheNamespace() throws InterruptedException {
    var type = BuiltInTypes.get().type("apiregistration.k8s.io/v1", "apiservices");
    var kind = new Kind<>(type, APIService.class);
    try (Bench bench = started()) {
      bench.until(() -> isFurnished(bench));
      bench.api.given(
          new APIServiceBuilder()
              .withNewMetadata()
              .withName("v1.garden.example.com")
              .endMetadata()
              .withNewSpec()
              .withGroup("garden.example.com")
              .withVersion("v1")
              .withNewService()
              .withName("flowers")
              .withNamespace("garden")
              .endService()
              .endSpec()
              .build());
      bench.api.resource(Kinds.NAMESPACE).delete(SHOP, Deletion.DEFAULT);
      bench.until(
          () ->
              bench
                  .api
                  .find(Kinds.NAMESPACE, SHOP)
                  .orElseThrow()
                  .getStatus()
                  .getConditions()
                  .stream()
                  .anyMatch(
                      each ->
                          each.getReason().equals("DiscoveryFailed")
                              && each.getMessage()
                                  .endsWith(
                                      "1 failing: unable to retrieve the complete list of server"
                                          + " APIs: garden.example.com/v1: stale GroupVersion"
                                          + " discovery: garden.example.com/v1")));
      bench
          .api
          .resource(kind)
          .delete(ObjectKey.clusterScoped("v1.garden.example.com"), Deletion.DEFAULT);
      bench.until(Duration.ofSeconds(1), () -> bench.api.find(Kinds.NAMESPACE, SHOP).isEmpty());
    }
  }

  @Test
  void aFinalizerHoldsTheNamespaceAndIsNamed() throws InterruptedException {
    ObjectKey held = ObjectKey.of("shop", "held");
    try (Bench bench = started()) {
      bench.until(() -> isFurnished(bench));
      bench.api.given(
          new ConfigMapBuilder()
              .withNewMetadata()
              .withNamespace("shop")
              .withName("held")
              .withFinalizers("example.com/hold")
              .endMetadata()
              .build());
      bench.api.resource(Kinds.NAMESPACE).delete(SHOP, Deletion.DEFAULT);
      bench.until(Duration.ofSeconds(1), () -> says(bench, "example.com/hold in 1"));
      bench.loseAndReplay();
      assertThat(bench.api.find(Kinds.NAMESPACE, SHOP)).isPresent();
      bench.api.vanish(Kinds.CONFIG_MAP, held);
      bench.until(Duration.ofSeconds(1), () -> bench.api.find(Kinds.NAMESPACE, SHOP).isEmpty());
    }
  }

  private static boolean says(Bench bench, String text) {
    Namespace now = bench.api.find(Kinds.NAMESPACE, SHOP).orElseThrow();
    return now.getStatus().getConditions().stream()
        .anyMatch(condition -> condition.getMessage().contains(text));
  }
}
