package dev.drydock.dist;

import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.net.EventLoops;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.rpc.ApiConnection;
import dev.drydock.client.rpc.GrpcApi;
import dev.drydock.client.time.SystemTimers;
import dev.drydock.client.time.TimeScale;
import dev.drydock.lab.command.Drydock;
import dev.drydock.lab.process.Installation;
import dev.drydock.lab.process.Lab;
import dev.drydock.lab.process.LabHome;
import dev.drydock.lab.topology.AddressBlock;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.topology.Topology;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// One small lab in one JVM, with real etcd, from start to end, so that the JDK can record which
/// classes and methods the components need. The figures that this buys are in `docs/bench.md`.
public final class Training {
  private static final AddressBlock FIRST_BLOCK = new AddressBlock(220);
  private static final int PATIENCE_SECONDS = 60;

  private Training() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("drydock-training");
    var lab = new Lab(new LabHome(folder), Installation.current(), InstantSource.system());
    Topology topology = Topology.of(Lab.freeBlock(FIRST_BLOCK), 1, 1);
    lab.prepare(topology);
    lab.start(Component.of(Role.ETCD), topology);
    int exitCode = 0;
    try {
      for (Component component : topology.components()) {
        run(component, lab.flags(component, topology));
      }
      scenario(folder);
      Drydock.run("status", "--home=" + folder);
    } catch (RuntimeException | InterruptedException failure) {
      System.err.println("the training failed: " + failure);
      exitCode = 1;
    }
    lab.stop(List.of(Component.of(Role.ETCD)));
    delete(folder);
    // The components' threads would keep the JVM alive.
    Runtime.getRuntime().exit(exitCode);
  }

  private static void run(Component component, List<String> flags) {
    String[] arguments = flags.toArray(new String[0]);
    Runnable main =
        switch (component.role()) {
          case ETCD -> () -> {};
          case API_SERVER -> () -> dev.drydock.apiserver.Main.main(arguments);
          case CONTROLLER_MANAGER -> () -> dev.drydock.controllers.Main.main(arguments);
          case SCHEDULER -> () -> dev.drydock.scheduler.Main.main(arguments);
          case KUBELET -> () -> dev.drydock.kubelet.Main.main(arguments);
          case KUBE_PROXY -> () -> dev.drydock.kubeproxy.Main.main(arguments);
        };
    Thread.ofPlatform().daemon().name(component.name()).start(main);
  }

  private static void scenario(Path folder) throws InterruptedException {
    try (var loops = new EventLoops(1);
        var timers = new SystemTimers(TimeScale.REAL);
        var connection =
            ApiConnection.to(Kubeconfig.read(folder.resolve("drydock.conf")), "training", loops)) {
      var api = new GrpcApi(connection, "training");
      try (var informers = new SharedInformers(api, timers, RandomGenerator.getDefault())) {
        Informer<Node> nodes = informers.informer(Kinds.NODE);
        Informer<Pod> pods = informers.informer(Kinds.POD);
        informers.start();
        await(nodes, all -> all.stream().anyMatch(Training::isReady));
        Map<String, String> labels = Map.of("app", "web");
        api.resource(Kinds.DEPLOYMENT)
            .create(
                new DeploymentBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName("web")
                    .endMetadata()
                    .withNewSpec()
                    .withReplicas(2)
                    .withNewSelector()
                    .withMatchLabels(labels)
                    .endSelector()
                    .withNewTemplate()
                    .withNewMetadata()
                    .withLabels(labels)
                    .endMetadata()
                    .withNewSpec()
                    .addNewContainer()
                    .withName("web")
                    .withImage("nginx")
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build());
        api.resource(Kinds.SERVICE)
            .create(
                new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName("web")
                    .endMetadata()
                    .withNewSpec()
                    .withSelector(labels)
                    .withType("NodePort")
                    .addNewPort()
                    .withPort(80)
                    .endPort()
                    .endSpec()
                    .build());
        await(pods, all -> all.size() == 2 && all.stream().allMatch(Training::isReady));
      }
    }
  }

  private static <T> void await(Informer<T> informer, Predicate<List<T>> wanted)
      throws InterruptedException {
    var reached = new CountDownLatch(1);
    informer.addListener(
        _ -> {
          if (wanted.test(informer.lister().list())) {
            reached.countDown();
          }
        });
    if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the training lab did not come up");
    }
  }

  private static boolean isReady(Node node) {
    return node.getStatus() != null
        && node.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
