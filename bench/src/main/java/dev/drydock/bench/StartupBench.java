package dev.drydock.bench;

import dev.drydock.lab.topology.Component;
import dev.drydock.lab.topology.Role;
import java.util.ArrayList;
import java.util.List;

/// The default lab: how long until all nodes are Ready, and what it weighs after a small scenario.
final class StartupBench {
  private static final int RUNS = 3;

  private final Report report;

  StartupBench(Report report) {
    this.report = report;
  }

  void run() throws Exception {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      try (var lab = new BenchLab(3)) {
        seconds.add(lab.secondsToReady());
        if (i == RUNS - 1) {
          seconds.sort(null);
          report.add("start-up", "three nodes Ready, median of 3", seconds.get(RUNS / 2), "s");
          weigh(lab);
        }
      }
    }
  }

  private void weigh(BenchLab lab) throws Exception {
    lab.kubectl("create", "deployment", "web", "--image=nginx", "--replicas=6");
    lab.kubectl("rollout", "status", "deployment/web", "--timeout=60s");
    lab.kubectl("expose", "deployment", "web", "--port=80", "--type=NodePort");
    lab.kubectl("scale", "deployment", "web", "--replicas=10");
    lab.kubectl("rollout", "status", "deployment/web", "--timeout=60s");
    lab.kubectl("set", "image", "deployment/web", "nginx=nginx:1.29");
    lab.kubectl("rollout", "status", "deployment/web", "--timeout=120s");
    double together = 0;
    for (Component component : lab.components()) {
      double megabytes = lab.megabytes(component);
      report.add("memory (PSS)", component.name(), megabytes, "MB");
      together += component.role() == Role.ETCD ? 0 : megabytes;
    }
    report.add("memory (PSS)", "all JVMs together", together, "MB");
    idle(lab);
  }

  /// CPU time that all processes use while nothing happens.
  private void idle(BenchLab lab) throws Exception {
    Thread.sleep(5_000);
    double before = lab.cpuSeconds();
    long begin = System.nanoTime();
    Thread.sleep(20_000);
    double share = (lab.cpuSeconds() - before) / ((System.nanoTime() - begin) / 1e9);
    report.add("idle", "CPU of all processes, share of one core", 100 * share, "%");
  }
}
