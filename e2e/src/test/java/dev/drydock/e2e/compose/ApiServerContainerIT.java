package dev.drydock.e2e.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.client.rpc.GrpcApi;
import dev.drydock.client.time.SystemTimers;
import dev.drydock.client.time.TimeScale;
import dev.drydock.e2e.cluster.Watched;
import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.topology.AddressBlock;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.topology.Topology;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/// The api-server on the public etcd image, with the certificates that a lab has.
@EnabledIf(
    value = "dev.drydock.e2e.compose.ComposeProject#hasDocker",
    disabledReason = ComposeProject.NO_DOCKER)
class ApiServerContainerIT {
  private static final AddressBlock FIRST_BLOCK = new AddressBlock(120);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int ETCD_PORT = 2379;
  private static final ObjectKey COLOURS = ObjectKey.of("default", "colours");

  @TempDir static Path folder;

  private static GenericContainer<?> etcd;
  private static Process apiServer;

  @BeforeAll
  static void start() throws IOException {
    var lab = new Lab(new LabHome(folder), Installation.current(), InstantSource.system());
    var topology = Topology.of(Lab.freeBlock(FIRST_BLOCK), 0, 1);
    lab.prepare(topology);
    etcd = etcd(lab.home());
    etcd.start();
    String url = "https://localhost:" + etcd.getMappedPort(ETCD_PORT);
    List<String> flags =
        lab.flags(Component.of(Role.API_SERVER), topology).stream()
            .map(flag -> flag.startsWith("--etcd-servers=") ? "--etcd-servers=" + url : flag)
            .toList();
    apiServer =
        new ProcessBuilder(Installation.current().command(Role.API_SERVER, flags))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("api-server.log").toFile())
            .start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (apiServer != null) {
      apiServer.destroy();
      apiServer.waitFor();
    }
    if (etcd != null) {
      etcd.stop();
    }
  }

  @Test
  void anObjectIsCreatedReadWatchedAndDeleted() {
    var kubeconfig = Kubeconfig.read(folder.resolve("drydock.conf"));
    try (var loops = new EventLoops(1);
        var timers = new SystemTimers(TimeScale.REAL);
        var connection = ApiConnection.to(kubeconfig, "test", loops)) {
      var api = new GrpcApi(connection, "test");
      try (var informers = new SharedInformers(api, timers, RandomGenerator.getDefault())) {
        new Watched<>(informers.informer(Kinds.NAMESPACE))
            .await("the namespace default", PATIENCE, all -> keys(all).contains("default"));
        var watched = new Watched<>(informers.informer(Kinds.CONFIG_MAP));
        ResourceClient<ConfigMap> client = api.resource(Kinds.CONFIG_MAP);

        client.create(colours());
        watched.await("it is seen", PATIENCE, all -> keys(all).contains("default/colours"));
        assertThat(client.get(COLOURS).getData()).containsEntry("sky", "blue");

        client.delete(COLOURS, Deletion.DEFAULT);
        watched.await("it is gone", PATIENCE, all -> !keys(all).contains("default/colours"));
      }
    }
  }

  private static GenericContainer<?> etcd(LabHome home) {
    var image = DockerImageName.parse(etcdImage());
    return new GenericContainer<>(image)
        .withCopyFileToContainer(secret(home, "server.crt"), "/secrets/server.crt")
        .withCopyFileToContainer(secret(home, "server.key"), "/secrets/server.key")
        .withCopyFileToContainer(secret(home, "ca.crt"), "/secrets/ca.crt")
        .withCommand(
            "etcd",
            "--listen-client-urls=https://0.0.0.0:" + ETCD_PORT,
            "--advertise-client-urls=https://localhost:" + ETCD_PORT,
            "--client-cert-auth",
            "--trusted-ca-file=/secrets/ca.crt",
            "--cert-file=/secrets/server.crt",
            "--key-file=/secrets/server.key",
            "--logger=zap")
        .withExposedPorts(ETCD_PORT)
        .waitingFor(Wait.forLogMessage(".*ready to serve client requests.*\\n", 1));
  }

  private static MountableFile secret(LabHome home, String name) {
    return MountableFile.forHostPath(home.pki("etcd/" + name));
  }

  /// The one that the compose lab runs on.
  private static String etcdImage() {
    return ComposeProject.image("etcd");
  }

  private static List<String> keys(List<? extends HasMetadata> objects) {
    return objects.stream().map(object -> ObjectKey.of(object).toString()).toList();
  }

  private static ConfigMap colours() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(COLOURS.namespace())
        .withName(COLOURS.name())
        .endMetadata()
        .withData(Map.of("sky", "blue"))
        .build();
  }
}
