package dev.drydock.e2e.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.e2e.cluster.TestLab;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What programs do that use fabric8's client: typed and dynamic objects, patches, server-side
/// apply, watches, informers, leader election.
interface FabricRows {
  TestLab lab();

  /// A client as a program outside the cluster makes one.
  static KubernetesClient fabric(TestLab lab) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(lab.folder().resolve("kubeconfig").toFile()))
        .build();
  }

  private static ConfigMap map(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withData(data)
        .build();
  }

  @Test
  default void fabricWritesTypedObjects() {
    try (KubernetesClient client = fabric(lab())) {
      var maps = client.configMaps().inNamespace("default");
      ConfigMap made = maps.resource(map("fabric", Map.of("v", "1"))).create();
      assertThat(made.getMetadata().getUid()).isNotBlank();
      assertThat(
              catchThrowableOfType(
                      KubernetesClientException.class,
                      () -> maps.resource(map("fabric", Map.of())).create())
                  .getStatus()
                  .getReason())
          .isEqualTo("AlreadyExists");

      maps.withName("fabric").edit(m -> new ConfigMapBuilder(m).addToData("v", "2").build());
      assertThat(
              catchThrowableOfType(
                      KubernetesClientException.class,
                      () ->
                          maps.resource(new ConfigMapBuilder(made).addToData("v", "stale").build())
                              .update())
                  .getCode())
          .isEqualTo(409);
      maps.withName("fabric")
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"merge\":\"yes\"}}");
      maps.withName("fabric")
          .patch(
              PatchContext.of(PatchType.JSON),
              "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"yes\"}]");
      maps.withName("fabric")
          .patch(
              PatchContext.of(PatchType.STRATEGIC_MERGE),
              "{\"metadata\":{\"labels\":{\"strategic\":\"yes\"}}}");
      assertThat(maps.withLabel("strategic", "yes").list().getItems())
          .singleElement()
          .extracting(ConfigMap::getData)
          .isEqualTo(Map.of("v", "2", "merge", "yes", "json", "yes"));

      var page = maps.list(new ListOptionsBuilder().withLimit(1L).build());
      assertThat(page.getItems()).hasSize(1);
      assertThat(page.getMetadata().getContinue()).isNotBlank();

      assertThat(maps.withName("fabric").delete()).hasSize(1);
      assertThat(maps.withName("fabric").get()).isNull();
    }
  }

  @Test
  default void fabricAppliesOnTheServerAndHearsOfConflicts() {
    try (KubernetesClient client = fabric(lab())) {
      var one = map("fabric-apply", Map.of("owner", "one"));
      client.resource(one).fieldManager("one").serverSideApply();
      assertThat(
              catchThrowableOfType(
                      KubernetesClientException.class,
                      () ->
                          client
                              .resource(map("fabric-apply", Map.of("owner", "two")))
                              .fieldManager("two")
                              .serverSideApply())
                  .getMessage())
          .contains("conflict with \"one\": .data.owner");
      ConfigMap forced =
          client
              .resource(map("fabric-apply", Map.of("owner", "two")))
              .fieldManager("two")
              .forceConflicts()
              .serverSideApply();
      assertThat(forced.getData()).containsEntry("owner", "two");
      client.resource(forced).delete();
    }
  }

  @Test
  default void fabricScalesAndRollsDeployments() {
    try (KubernetesClient client = fabric(lab())) {
      client.load(Manifest.open("deployment.yaml")).create();
      var web = client.apps().deployments().inNamespace("default").withName("stock");
      web.waitUntilReady(60, TimeUnit.SECONDS);
      assertThat(web.scale(2).getSpec().getReplicas()).isEqualTo(2);
      Deployment rolled =
          web.patch(
              PatchContext.of(PatchType.STRATEGIC_MERGE),
              "{\"spec\":{\"template\":{\"spec\":{\"containers\":"
                  + "[{\"name\":\"main\",\"image\":\"nginx:1.28\"}]}}}}");
      assertThat(rolled.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
          .isEqualTo("nginx:1.28");
      web.waitUntilCondition(
          d ->
              d.getStatus().getUpdatedReplicas() != null
                  && d.getStatus().getUpdatedReplicas() == 2
                  && d.getStatus().getObservedGeneration() >= rolled.getMetadata().getGeneration(),
          60,
          TimeUnit.SECONDS);
      assertThat(client.events().v1().events().inNamespace("default").list().getItems())
          .anyMatch(e -> "ScalingReplicaSet".equals(e.getReason()));
      web.delete();
    }
  }

  @Test
  default void fabricWritesObjectsOfKindsItHasNoClassFor() {
    try (KubernetesClient client = fabric(lab())) {
      client.load(Manifest.open("ship-crd.yaml")).serverSideApply();
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName("ships.drydock.test")
          .waitUntilCondition(
              crd ->
                  // A new definition has null for its conditions, as on a real server.
                  crd.getStatus() != null
                      && crd.getStatus().getConditions() != null
                      && crd.getStatus().getConditions().stream()
                          .anyMatch(
                              c ->
                                  c.getType().equals("Established")
                                      && c.getStatus().equals("True")),
              10,
              TimeUnit.SECONDS);

      var ships = client.resources(Ship.class).inNamespace("default");
      var ship = new Ship();
      ship.setMetadata(map("titanic", Map.of()).getMetadata());
      ship.setSpec(new Ship.Spec());
      ship.getSpec().setMasts(3);
      Ship made = ships.resource(ship).create();
      assertThat(made.getSpec().getFlag()).as("a default of the schema").isEqualTo("none");
      made.setStatus(new Ship.Status());
      made.getStatus().setPlace("dock");
      assertThat(ships.resource(made).updateStatus().getStatus().getPlace()).isEqualTo("dock");

      var dynamic =
          client.genericKubernetesResources("drydock.test/v1", "Ship").inNamespace("default");
      GenericKubernetesResource seen = dynamic.withName("titanic").get();
      assertThat(seen.<Integer>get("spec", "masts")).isEqualTo(3);
      assertThat(
              catchThrowableOfType(
                      KubernetesClientException.class,
                      () ->
                          dynamic
                              .withName("titanic")
                              .patch(
                                  PatchContext.of(PatchType.JSON_MERGE),
                                  "{\"spec\":{\"masts\":-1}}"))
                  .getMessage())
          .contains("spec.masts", "should be greater than or equal to 0");
      assertThat(ships.withName("titanic").delete()).hasSize(1);
    }
  }

  @Test
  default void fabricWatchesAndInforms() throws Exception {
    try (KubernetesClient client = fabric(lab())) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName("seen").endMetadata().build())
          .create();
      var maps = client.configMaps().inNamespace("seen");
      var watched = new LinkedBlockingQueue<String>();
      var informed = new LinkedBlockingQueue<String>();
      try (var _ = maps.watch(new Told(watched));
          var informer = maps.withLabel("seen").inform(new Heard(informed), 1_000L)) {
        maps.resource(labelled("m", "1")).create();
        assertThat(await(watched, "ADDED m")).isTrue();
        assertThat(await(informed, "add m")).isTrue();
        assertThat(await(informed, "update m")).as("a resync, every second").isTrue();
        maps.resource(labelled("m", "2")).update();
        assertThat(await(watched, "MODIFIED m")).isTrue();
        maps.withName("m")
            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"labels\":null}}");
        assertThat(await(informed, "delete m")).as("it leaves the selection").isTrue();
        maps.withName("m").delete();
        assertThat(await(watched, "DELETED m")).isTrue();
        assertThat(informer.getStore().list()).isEmpty();
      }
      client.namespaces().withName("seen").delete();
    }
  }

  @Test
  default void fabricElectsOneLeader() throws Exception {
    try (KubernetesClient client = fabric(lab())) {
      var leaders = new LinkedBlockingQueue<String>();
      var first = elector(client, "first", leaders);
      assertThat(await(leaders, "first")).isTrue();
      var second = elector(client, "second", leaders);
      first.cancel(true);
      assertThat(await(leaders, "second")).as("the first gave its lease back").isTrue();
      second.cancel(true);
    }
  }

  @Test
  default void fabricReadsLogsRunsCommandsAndForwardsPorts() throws Exception {
    try (KubernetesClient client = fabric(lab())) {
      var box = client.pods().inNamespace("default").withName("box");
      assertThat(box.getLog()).contains("start worker processes");
      assertThat(box.tailingLines(1).getLog().lines()).hasSize(1);
      var out = new ByteArrayOutputStream();
      try (var exec = box.writingOutput(out).exec("sh", "-c", "echo hello; exit 3")) {
        assertThat(exec.exitCode().get(20, TimeUnit.SECONDS)).isEqualTo(3);
      }
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hello\n");
      try (var forward = box.portForward(80)) {
        assertThat(Http.get("http://localhost:" + forward.getLocalPort() + "/"))
            .contains("Welcome to nginx!");
      }
    }
  }

  private static CompletableFuture<?> elector(
      KubernetesClient client, String who, LinkedBlockingQueue<String> leaders) {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("stock")
                .withLock(new LeaseLock("default", "stock-leader", who))
                .withLeaseDuration(Duration.ofSeconds(6))
                .withRenewDeadline(Duration.ofSeconds(4))
                .withRetryPeriod(Duration.ofMillis(500))
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(new LeaderCallbacks(() -> leaders.add(who), () -> {}, _ -> {}))
                .build())
        .build()
        .start();
  }

  private static ConfigMap labelled(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("seen", "yes")
        .endMetadata()
        .addToData("v", value)
        .build();
  }

  /// Whether a line comes within twenty seconds, whatever else comes before.
  static boolean await(LinkedBlockingQueue<String> lines, String wanted)
      throws InterruptedException {
    String line;
    do {
      line = lines.poll(20, TimeUnit.SECONDS);
    } while (line != null && !line.equals(wanted));
    return line != null;
  }

  /// Writes down what a watch says.
  record Told(LinkedBlockingQueue<String> lines) implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap map) {
      lines.add(action + " " + map.getMetadata().getName());
    }

    @Override
    public void onClose(WatcherException cause) {
      lines.add("closed " + cause);
    }
  }

  /// Writes down what an informer says.
  record Heard(LinkedBlockingQueue<String> lines) implements ResourceEventHandler<ConfigMap> {
    @Override
    public void onAdd(ConfigMap map) {
      lines.add("add " + map.getMetadata().getName());
    }

    @Override
    public void onUpdate(ConfigMap before, ConfigMap after) {
      lines.add("update " + after.getMetadata().getName());
    }

    @Override
    public void onDelete(ConfigMap map, boolean unseen) {
      lines.add("delete " + map.getMetadata().getName());
    }
  }
}
