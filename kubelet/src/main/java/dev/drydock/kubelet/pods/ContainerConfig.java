package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.image.Image;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.program.Identity;
import dev.drydock.kubelet.program.Signal;
import dev.drydock.kubelet.runtime.ContainerSpec;
import dev.drydock.kubelet.runtime.ContainerSpec.Console;
import dev.drydock.kubelet.volumes.Expansion;
import dev.drydock.kubelet.volumes.PodVolumes;
import dev.drydock.kubelet.volumes.SetupFailure;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// From the container in the pod's spec to what the runtime is told.
final class ContainerConfig {
  private static final String MESSAGE_PATH = "/dev/termination-log";

  private final PodContext context;

  ContainerConfig(PodContext context) {
    this.context = context;
  }

  ContainerSpec spec(Slot slot, Image image) throws SetupFailure {
    Container container = slot.spec;
    Pod pod = context.pod;
    PodNetwork network = context.network;
    PodVolumes volumes = context.volumes;
    if (network == null || volumes == null) {
      throw new SetupFailure("pod sandbox is gone");
    }
    Map<String, String> environment = new LinkedHashMap<>(image.environment());
    environment.put("HOSTNAME", PodNames.ofHost(context.pod, context.services.host().dns()));
    environment.put("HOME", "/root");
    Map<String, String> own =
        context
            .services
            .surroundings()
            .environment()
            .resolve(container, context.fields(), services());
    environment.putAll(own);
    List<Mount> mounts = new ArrayList<>(volumes.mounts(container, own));
    Set<String> taken = mounts.stream().map(Mount::path).collect(Collectors.toSet());
    mounts.addAll(PodFiles.mounts(context, taken));
    String directory = container.getWorkingDir() == null ? "/" : container.getWorkingDir();
    return new ContainerSpec(
        identity(container, image),
        image,
        new ContainerSpec.Command(
            command(container, image, own),
            environment,
            directory,
            Privileges.user(pod, container)),
        new ContainerSpec.Files(mounts, Privileges.root(container)),
        network,
        console(container),
        ending(container));
  }

  /// The Services that the container's variables tell of: those of its namespace, and always the
  /// api-server's.
  private List<Service> services() {
    boolean links = !Boolean.FALSE.equals(context.pod.getSpec().getEnableServiceLinks());
    List<Service> chosen = new ArrayList<>();
    for (Service service : context.services.surroundings().services().get()) {
      String namespace = service.getMetadata().getNamespace();
      boolean api =
          namespace.equals("default") && service.getMetadata().getName().equals("kubernetes");
      if (api || (links && namespace.equals(context.key.namespace()))) {
        chosen.add(service);
      }
    }
    return chosen;
  }

  static List<String> command(Container container, Image image, Map<String, String> environment) {
    List<String> line = new ArrayList<>();
    boolean replaced = !container.getCommand().isEmpty();
    line.addAll(replaced ? container.getCommand() : image.entrypoint());
    if (!container.getArgs().isEmpty()) {
      line.addAll(container.getArgs());
    } else if (!replaced) {
      line.addAll(image.arguments());
    }
    return line.stream().map(word -> Expansion.expand(word, environment)).toList();
  }

  private Identity identity(Container container, Image image) {
    List<Integer> ports =
        container.getPorts().stream()
            .filter(port -> port.getProtocol() == null || port.getProtocol().equals("TCP"))
            .map(ContainerPort::getContainerPort)
            .toList();
    return new Identity(
        context.key.name(),
        context.key.namespace(),
        container.getName(),
        context.services.host().name(),
        container.getImage(),
        PodNames.ofHost(context.pod, context.services.host().dns()),
        ports.isEmpty() ? image.ports() : ports);
  }

  private static Console console(Container container) {
    Console.Input input =
        !Boolean.TRUE.equals(container.getStdin())
            ? Console.Input.CLOSED
            : Boolean.TRUE.equals(container.getStdinOnce())
                ? Console.Input.ONCE
                : Console.Input.OPEN;
    boolean tty = Boolean.TRUE.equals(container.getTty());
    return new Console(input, tty ? Console.Kind.TERMINAL : Console.Kind.PIPES);
  }

  private static ContainerSpec.Ending ending(Container container) {
    String path = container.getTerminationMessagePath();
    boolean logs = "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
    return new ContainerSpec.Ending(
        stopSignal(container),
        path == null ? MESSAGE_PATH : path,
        logs
            ? ContainerSpec.MessagePolicy.FALLBACK_TO_LOGS_ON_ERROR
            : ContainerSpec.MessagePolicy.FILE);
  }

  private static Optional<Signal> stopSignal(Container container) {
    Lifecycle lifecycle = container.getLifecycle();
    return lifecycle == null || lifecycle.getStopSignal() == null
        ? Optional.of(Signal.TERM)
        : Signal.of(lifecycle.getStopSignal());
  }
}
