package dev.drydock.controllers.storageprotection;

import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

/// Storage in use stays.
class StorageProtectionTest {
  private static final ObjectKey CLAIM = ObjectKey.of("default", "data");

  private static PersistentVolumeClaim claim() {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withName("data")
        .withNamespace("default")
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }

  private static Pod user() {
    return new PodBuilder(aPod("p").on("n1").build())
        .editSpec()
        .addNewVolume()
        .withName("v")
        .withNewPersistentVolumeClaim()
        .withClaimName("data")
        .endPersistentVolumeClaim()
        .endVolume()
        .endSpec()
        .build();
  }

  private static boolean held(Bench bench) {
    return bench
        .api
        .find(Kinds.PERSISTENT_VOLUME_CLAIM, CLAIM)
        .filter(
            claim -> claim.getMetadata().getFinalizers().contains("kubernetes.io/pvc-protection"))
        .isPresent();
  }

  @Test
  void aClaimGoesWhenItsLastPodHasGone() throws InterruptedException {
    try (Bench bench = new Bench().run(StorageProtection::claims)) {
      bench.api.given(user());
      bench.api.given(claim());
      bench.until(() -> held(bench));
      bench.api.resource(Kinds.PERSISTENT_VOLUME_CLAIM).delete(CLAIM, Deletion.DEFAULT);
      bench.settle();
      assertThat(held(bench)).isTrue();

      bench.api.vanish(Kinds.POD, ObjectKey.of("default", "p"));
      bench.until(() -> bench.api.find(Kinds.PERSISTENT_VOLUME_CLAIM, CLAIM).isEmpty());
    }
  }

  @Test
  void aClaimStaysThoughTheNewsOfItsPodIsLate() throws InterruptedException {
    try (Bench bench = new Bench().run(StorageProtection::claims)) {
      bench.api.given(claim());
      bench.until(() -> held(bench));
      bench.api.dropEvents(Kinds.POD, 1);
      bench.api.given(user());
      bench.api.resource(Kinds.PERSISTENT_VOLUME_CLAIM).delete(CLAIM, Deletion.DEFAULT);
      bench.settle();
      assertThat(held(bench)).isTrue();
    }
  }
}
