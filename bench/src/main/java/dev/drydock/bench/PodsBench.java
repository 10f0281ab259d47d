package dev.drydock.bench;

import dev.drydock.lab.ledger.LedgerReader;
import dev.drydock.lab.process.BatchProcess;
import dev.drydock.lab.process.Installation;
import dev.drydock.lab.topology.Role;
import dev.drydock.lab.trace.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/// A Deployment of 1,000 pods over 50 nodes that one kubelet process hosts, from the command until
/// all are Ready: the first that a new lab has, and the second, after the first is gone.
final class PodsBench {
  private static final int NODES = 50;
  private static final int PODS = 1_000;

  private final Report report;

  PodsBench(Report report) {
    this.report = report;
  }

  void run() throws Exception {
    try (var lab = new BenchLab(0)) {
      Process kubelet = hollowNodes(lab);
      try {
        awaitNodes(lab, kubelet);
        deploy(lab, kubelet, "first");
        report.add("pods", "memory of the api-server (PSS)", lab.megabytes(Role.API_SERVER), "MB");
        lab.kubectl("delete", "deployment", "first", "--cascade=foreground", "--timeout=180s");
        deploy(lab, kubelet, "second");
      } finally {
        kubelet.destroy();
        kubelet.waitFor();
      }
    }
  }

  private void deploy(BenchLab lab, Process kubelet, String name) throws Exception {
    double before = lab.cpuSeconds() + BenchLab.cpuSeconds(kubelet.toHandle());
    lab.kubectl("create", "deployment", name, "--image=nginx", "--replicas=" + PODS);
    lab.kubectl("rollout", "status", "deployment/" + name, "--timeout=180s");
    double used = lab.cpuSeconds() + BenchLab.cpuSeconds(kubelet.toHandle()) - before;
    figures(name, LedgerReader.read(lab.folder().resolve("drydock.conf")));
    report.add("pods", name + ": CPU of all processes for each pod", 1_000 * used / PODS, "ms");
  }

  private static void awaitNodes(BenchLab lab, Process kubelet)
      throws IOException, InterruptedException {
    while (lab.kubectl("get", "nodes", "--no-headers")
            .lines()
            .filter(line -> line.contains(" Ready"))
            .count()
        < NODES) {
      if (!kubelet.isAlive()) {
        throw new IOException(
            "the kubelet ended: " + Files.readString(lab.folder().resolve("kubelet.log")));
      }
      Thread.sleep(200);
    }
  }

  private static Process hollowNodes(BenchLab lab) throws IOException {
    String address = lab.topology().block().node(1);
    Path pki = lab.folder().resolve("pki");
    Process process =
        new ProcessBuilder(
                BatchProcess.command(
                    Installation.current()
                        .command(
                            "kubelet-many-nodes",
                            Role.KUBELET,
                            List.of(
                                "--kubeconfig=" + lab.folder().resolve("drydock.conf"),
                                "--nodes=" + NODES,
                                "--node-ip=" + address,
                                "--address=" + address,
                                "--healthz-bind-address=" + address,
                                "--client-ca-file=" + pki.resolve("ca.crt"),
                                "--tls-cert-file=" + pki.resolve("apiserver.crt"),
                                "--tls-private-key-file=" + pki.resolve("apiserver.key")))))
            .redirectErrorStream(true)
            .redirectOutput(lab.folder().resolve("kubelet.log").toFile())
            .start();
    return process;
  }

  /// What the ledger tells since the command.
  private void figures(String name, List<Step> ledger) {
    Step command =
        ledger.stream()
            .filter(is("create", "deployments", ""))
            .filter(step -> step.about().name().equals(name))
            .findFirst()
            .orElseThrow();
    List<Step> steps =
        ledger.stream().filter(step -> !step.time().isBefore(command.time())).toList();
    Map<String, Instant> created = firstByName(steps, is("create", "pods", ""));
    Map<String, Instant> bound = firstByName(steps, is("create", "pods", "binding"));
    Map<String, Instant> ready = lastByName(steps, is("patch", "pods", "status"));
    Instant end = ready.values().stream().max(Instant::compareTo).orElseThrow();
    double seconds = Duration.between(command.time(), end).toNanos() / 1e9;
    report.add(
        "pods", "%s %d pods on %d nodes, all Ready".formatted(name, PODS, NODES), seconds, "s");
    report.add("pods", name + ": pods per second", PODS / seconds, "pods/s");
    step(name + ": created, after the command", times(created, _ -> command.time()));
    step(
        name + ": bound, after created",
        times(bound, pod -> created.getOrDefault(pod, command.time())));
    step(
        name + ": Ready, after bound",
        times(ready, pod -> bound.getOrDefault(pod, command.time())));
    long caused =
        steps.stream().filter(s -> s.revision() != 0).filter(s -> !s.causes().isEmpty()).count();
    long writes = steps.stream().filter(s -> s.revision() != 0).count();
    report.add("pods", name + ": writes with a known cause", 100.0 * caused / writes, "%");
    report.add("pods", name + ": writes for each pod", writes / (double) PODS, "");
  }

  private void step(String name, Histogram millis) {
    report.add("pods", name + ": p50", (double) millis.getValueAtPercentile(50), "ms");
    report.add("pods", name + ": p99", (double) millis.getValueAtPercentile(99), "ms");
  }

  private static Histogram times(Map<String, Instant> ends, Function<String, Instant> begin) {
    var histogram = new Histogram(3);
    ends.forEach(
        (pod, end) -> {
          Duration took = Duration.between(begin.apply(pod), end);
          histogram.recordValue(Math.max(0, took.toMillis()));
        });
    return histogram;
  }

  private static Predicate<Step> is(String verb, String resource, String subresource) {
    return step ->
        step.verb().equals(verb)
            && step.about().resource().equals(resource)
            && step.about().subresource().equals(subresource)
            && !step.failed();
  }

  private static Map<String, Instant> firstByName(List<Step> ledger, Predicate<Step> wanted) {
    Map<String, Instant> times = new HashMap<>();
    ledger.stream().filter(wanted).forEach(s -> times.putIfAbsent(s.about().name(), s.end()));
    return times;
  }

  private static Map<String, Instant> lastByName(List<Step> ledger, Predicate<Step> wanted) {
    Map<String, Instant> times = new HashMap<>();
    ledger.stream().filter(wanted).forEach(s -> times.put(s.about().name(), s.end()));
    return times;
  }
}
