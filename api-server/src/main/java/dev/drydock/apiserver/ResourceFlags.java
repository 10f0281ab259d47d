package dev.drydock.apiserver;

import dev.drydock.apiserver.ApiServerSettings.Cluster;
import dev.drydock.apiserver.admission.AdmissionChoice;
import dev.drydock.apiserver.admission.PluginConfigurations;
import dev.drydock.apiserver.registry.ServiceNetwork;
import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags that say how objects are treated.
final class ResourceFlags {
  @Option(names = "--service-cluster-ip-range", defaultValue = "10.96.0.0/12")
  private String serviceRange = "";

  @Option(names = "--service-node-port-range", defaultValue = "30000-32767")
  private String nodePortRange = "";

  @Option(names = "--event-ttl", defaultValue = "1h", description = "How long events live.")
  private String eventTtl = "1h";

  @Option(
      names = "--delete-collection-workers",
      defaultValue = "1",
      description = "How many objects of a collection are deleted at once.")
  private int deleteWorkers = 1;

  @Option(
      names = "--enable-admission-plugins",
      split = ",",
      description = "Admission plugins to run besides those that run by default.")
  private List<String> enabledPlugins = new ArrayList<>();

  @Option(
      names = "--disable-admission-plugins",
      split = ",",
      description = "Admission plugins not to run although they do by default.")
  private List<String> disabledPlugins = new ArrayList<>();

  @Option(
      names = "--admission-control-config-file",
      description = "An AdmissionConfiguration: what single plugins are told.")
  private @Nullable Path pluginConfigurations;

  @Option(
      names = "--default-not-ready-toleration-seconds",
      defaultValue = "300",
      description = "How long pods stay on a node that is not ready, unless they say.")
  private int notReadySeconds = 300;

  @Option(
      names = "--default-unreachable-toleration-seconds",
      defaultValue = "300",
      description = "How long pods stay on a node that is not reachable, unless they say.")
  private int unreachableSeconds = 300;

  Cluster cluster() {
    int[] ports = Flags.portRange("--service-node-port-range", nodePortRange);
    if (deleteWorkers < 1) {
      throw new BadFlagException("--delete-collection-workers must be at least 1");
    }
    return new Cluster(
        new ServiceNetwork(serviceRange, ports[0], ports[1]),
        Flags.duration("--event-ttl", eventTtl),
        deleteWorkers,
        new AdmissionChoice(enabledPlugins, disabledPlugins, configurations()));
  }

  private PluginConfigurations configurations() {
    PluginConfigurations read =
        pluginConfigurations == null
            ? PluginConfigurations.NONE
            : PluginConfigurations.read(pluginConfigurations);
    return read.withPatience(
        new PluginConfigurations.Patience(notReadySeconds, unreachableSeconds));
  }
}
