package dev.drydock.kubelet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Index;
import dev.drydock.client.cache.Lister;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNamesTest {
  private final ServiceNames names =
      new ServiceNames(
          new Services(
              Map.of(
                  "web", address("10.96.0.80"),
                  "headless", address("None"),
                  "alias", external("web.default.svc.cluster.local"),
                  "dotted", external("alias.default.svc.cluster.local."),
                  "away", external("example.com"),
                  "ring", external("ring.default.svc.cluster.local"))),
          "cluster.local");

  private static Service address(String address) {
    return new ServiceBuilder().withNewSpec().withClusterIP(address).endSpec().build();
  }

  private static Service external(String name) {
    return new ServiceBuilder()
        .withNewSpec()
        .withType("ExternalName")
        .withExternalName(name)
        .endSpec()
        .build();
  }

  /// Services of the default namespace.
  private record Services(Map<String, Service> byName) implements Lister<Service> {
    @Override
    public Optional<Service> get(ObjectKey key) {
      return key.namespace().equals("default")
          ? Optional.ofNullable(byName.get(key.name()))
          : Optional.empty();
    }

    @Override
    public List<Service> list() {
      return List.copyOf(byName.values());
    }

    @Override
    public List<Service> inNamespace(String namespace) {
      return namespace.equals("default") ? list() : List.of();
    }

    @Override
    public List<Service> byIndex(Index<Service> index, String value) {
      throw new IllegalArgumentException("no index");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "web.default.svc.cluster.local, 10.96.0.80",
    "alias.default.svc.cluster.local, 10.96.0.80",
    "dotted.default.svc.cluster.local, 10.96.0.80",
    "web.other.svc.cluster.local,",
    "headless.default.svc.cluster.local,",
    "away.default.svc.cluster.local,",
    "ring.default.svc.cluster.local,",
    "web.default.svc,",
    "default.svc.cluster.local,",
  })
  void aNameIsTheAddressOfTheServiceAtItsEnd(String name, String address) {
    assertThat(names.addresses(name)).isEqualTo(address == null ? List.of() : List.of(address));
  }
}
