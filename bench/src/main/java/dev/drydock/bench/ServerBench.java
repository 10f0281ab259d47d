package dev.drydock.bench;

import dev.drydock.lab.process.RunningProcess;
import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The api-server by itself: how soon it is ready, what writes of several kinds cost, and what it
/// weighs with many pods and watchers. Pods have a scheduling gate, so nobody acts on them.
final class ServerBench {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments/";
  private static final int RUNS = 3;
  private static final int CONNECTIONS = 4;
  private static final int WRITES = 2_000;
  private static final int MANY_PODS = 10_000;
  private static final int WATCHERS = 100;
  private static final Duration REST = Duration.ofSeconds(15);

  private final Report report;

  ServerBench(Report report) {
    this.report = report;
  }

  void run() throws Exception {
    try (var lab = new BenchLab(0)) {
      start(lab);
      writes(lab);
    }
    try (var lab = new BenchLab(0)) {
      weigh(lab);
    }
  }

  /// From the start of the process until `/readyz` says so, while etcd runs and the other
  /// components hold still.
  private void start(BenchLab lab) throws Exception {
    Component apiServer = lab.component(Role.API_SERVER);
    List<RunningProcess> others =
        List.of(
            lab.running(lab.component(Role.CONTROLLER_MANAGER)),
            lab.running(lab.component(Role.SCHEDULER)));
    others.forEach(RunningProcess::pause);
    double[] seconds = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      lab.running(apiServer).kill();
      long begin = System.nanoTime();
      lab.start(apiServer);
      while (!isReady(lab.server())) {
        Thread.sleep(10);
      }
      seconds[i] = (System.nanoTime() - begin) / 1e9;
    }
    others.forEach(RunningProcess::resume);
    Arrays.sort(seconds);
    report.add("server", "from start to /readyz, median of 3", seconds[RUNS / 2], "s");
  }

  private static boolean isReady(Server server) {
    try (Connection connection = server.open()) {
      connection.exchange(connection.request("GET", "/readyz", ""));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// What writes take of the api-server's CPU, with all that they go through: defaults, validation,
  /// admission, owned fields, storage and telling who watches.
  private void writes(BenchLab lab) throws Exception {
    Load.Requests configMaps = creates("configmaps", "", "config-", Bodies::configMap);
    Load.Requests pods = creates("pods", "", "pod-", (name, _) -> Bodies.gatedPod(name));
    cost(lab, "create of a ConfigMap", configMaps);
    cost(lab, "create of a pod", pods);
    cost(
        lab,
        "create of a pod, dry run",
        creates("pods", "?dryRun=All", "dry-", (name, _) -> Bodies.gatedPod(name)));
    cost(lab, "apply of a Deployment, changed", (c, _, i) -> apply(c, i % 50, i));
    cost(lab, "apply of a Deployment, as it is", (c, _, i) -> apply(c, i % 50, i % 50));
    lab.kubectl(
        "create",
        "-f",
        Files.writeString(lab.folder().resolve("policy.yaml"), Bodies.POLICY).toString());
    cost(
        lab,
        "create of a ConfigMap that a CEL policy judges",
        creates("configmaps", "", "judged-", Bodies::configMap));
  }

  /// Makes the body of an object with this name and value.
  @FunctionalInterface
  private interface Body {
    String of(String name, String value);
  }

  private static Load.Requests creates(String resource, String query, String prefix, Body body) {
    String path = "/api/v1/namespaces/default/" + resource + query;
    return (connection, _, i) -> connection.request("POST", path, body.of(prefix + i, "0"));
  }

  private static byte[] apply(Connection connection, long number, long value) {
    String name = "applied-" + number;
    return connection.request(
        "PATCH",
        DEPLOYMENTS + name + "?fieldManager=bench",
        "application/apply-patch+yaml",
        Bodies.deployment(name, value));
  }

  private void cost(BenchLab lab, String what, Load.Requests requests) throws Exception {
    ProcessHandle process = lab.process(lab.component(Role.API_SERVER));
    var load = new Load(lab.server());
    load.times(CONNECTIONS, WRITES, requests);
    double before = BenchLab.cpuSeconds(process);
    load.times(CONNECTIONS, WRITES, shifted(requests));
    double used = BenchLab.cpuSeconds(process) - before;
    report.add("server", "CPU of one " + what, 1e6 * used / WRITES, "us");
  }

  /// Numbers that the warm-up has not used.
  private static Load.Requests shifted(Load.Requests requests) {
    return (connection, number, i) -> requests.request(connection, number, WRITES + i);
  }

  private void weigh(BenchLab lab) throws Exception {
    Server server = lab.server();
    new Load(server)
        .times(
            CONNECTIONS,
            MANY_PODS,
            creates("pods", "", "pod-", (name, _) -> Bodies.gatedPod(name)));
    try (var watchers = new Watchers(server, WATCHERS, PODS + "?watch=true&resourceVersion=0")) {
      while (watchers.arrived() < (long) MANY_PODS * WATCHERS) {
        Thread.sleep(100);
      }
      Thread.sleep(REST);
      report.add(
          "server",
          "memory with 10,000 pods and 100 watchers (PSS)",
          lab.megabytes(Role.API_SERVER),
          "MB");
    }
  }
}
