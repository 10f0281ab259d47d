package dev.drydock.lab.process;

import dev.drydock.lab.topology.Role;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The flags of a component's JVM. Measured (stack.md): serial collector, small stacks and code
/// cache, and the AOT cache mapped where it was made let a JVM start in a third of a second and
/// share most of its pages with the others.
final class JvmOptions {
  private JvmOptions() {}

  static List<String> of(Role role, Installation installation) {
    var options =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
                "-Dio.netty.allocator.type=unpooled",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2"));
    options.addAll(tuning(role));
    if (Files.exists(installation.aotCache())) {
      options.add("-XX:AOTCache=" + installation.aotCache());
      options.add("-XX:+UnlockDiagnosticVMOptions");
      options.add("-XX:ArchiveRelocationMode=0");
      options.add("-Xlog:aot=off");
      options.add("-Xlog:cds=off");
    }
    options.add("-cp");
    options.add(
        installation.jars().stream().map(Object::toString).collect(Collectors.joining(":")));
    return List.copyOf(options);
  }

  private static List<String> tuning(Role role) {
    return switch (role) {
      case API_SERVER -> List.of("-Xms32m", "-Xmx512m", "-XX:ReservedCodeCacheSize=96m");
      case CONTROLLER_MANAGER, SCHEDULER, KUBELET ->
          List.of(
              "-Xms16m", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=24m");
      case KUBE_PROXY ->
          List.of("-Xms8m", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=16m");
      case ETCD -> List.of();
    };
  }
}
