package dev.drydock.kubelet.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.health.HealthServer.Answer;
import dev.drydock.kubelet.pods.PodAgent;
import dev.drydock.kubelet.runtime.ContainerLog;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A node's folder of logs, as `/logs/` shows it: the pods' logs, where a container runtime puts
/// them, `pods/NAMESPACE_NAME_UID/CONTAINER/RESTARTS.log`. The newest run of each container only.
record LogFolder(PodAgent agent, ContainerRuntime runtime) {
  private static final String PODS = "pods";

  /// @param path below the folder, without slashes at its ends
  Answer answer(String path) {
    List<String> steps = path.isEmpty() ? List.of() : List.of(path.split("/", -1));
    if (steps.isEmpty()) {
      return listing(List.of(PODS + "/"));
    }
    if (!steps.getFirst().equals(PODS)) {
      return missing();
    }
    if (steps.size() == 1) {
      return listing(agent.pods().stream().map(pod -> folder(pod) + "/").toList());
    }
    return agent.pods().stream()
        .filter(pod -> folder(pod).equals(steps.get(1)))
        .findFirst()
        .map(pod -> ofPod(pod, steps.subList(2, steps.size())))
        .orElse(missing());
  }

  private static String folder(Pod pod) {
    return pod.getMetadata().getNamespace()
        + "_"
        + pod.getMetadata().getName()
        + "_"
        + pod.getMetadata().getUid();
  }

  private Answer ofPod(Pod pod, List<String> steps) {
    if (steps.isEmpty()) {
      return listing(containers(pod).stream().map(name -> name + "/").toList());
    }
    String container = steps.getFirst();
    if (!containers(pod).contains(container)) {
      return missing();
    }
    Optional<String> log = log(pod, container);
    String file = restarts(pod, container) + ".log";
    if (steps.size() == 1) {
      return listing(log.map(_ -> List.of(file)).orElse(List.of()));
    }
    return steps.size() == 2 && steps.get(1).equals(file)
        ? log.map(text -> Answer.text(200, text)).orElse(missing())
        : missing();
  }

  private static List<String> containers(Pod pod) {
    var names = new ArrayList<String>();
    pod.getSpec().getInitContainers().stream().map(Container::getName).forEach(names::add);
    pod.getSpec().getContainers().stream().map(Container::getName).forEach(names::add);
    return names;
  }

  private static int restarts(Pod pod, String container) {
    if (pod.getStatus() == null) {
      return 0;
    }
    var all = new ArrayList<>(pod.getStatus().getInitContainerStatuses());
    all.addAll(pod.getStatus().getContainerStatuses());
    return all.stream()
        .filter(status -> status.getName().equals(container))
        .map(ContainerStatus::getRestartCount)
        .findFirst()
        .orElse(0);
  }

  /// In the form of the runtime interface: time, stream, that the line is whole, the line.
  private Optional<String> log(Pod pod, String container) {
    var bytes = new ByteArrayOutputStream();
    try {
      var id = agent.container(ObjectKey.of(pod), Uid.of(pod), container, PodAgent.Run.NEWEST);
      var all = new ContainerLog.Request(Set.of(ContainerLog.Option.TIMESTAMPS), null, null, null);
      runtime.log(id).read(all, bytes);
    } catch (ApiException | NoSuchElementException | IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    return Optional.of(
        bytes
            .toString(UTF_8)
            .lines()
            .map(line -> line.replaceFirst(" ", " stdout F ") + "\n")
            .collect(Collectors.joining()));
  }

  private static Answer listing(List<String> names) {
    String links =
        names.stream()
            .sorted()
            .map(name -> "<a href=\"" + name + "\">" + name + "</a>\n")
            .collect(Collectors.joining());
    return new Answer(
        200,
        "text/html; charset=utf-8",
        "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n"
            + links
            + "</pre>\n");
  }

  private static Answer missing() {
    return Answer.text(404, "404 page not found\n");
  }
}
