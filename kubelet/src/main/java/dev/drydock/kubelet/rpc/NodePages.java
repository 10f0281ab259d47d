package dev.drydock.kubelet.rpc;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.client.health.HealthServer.Answer;
import dev.drydock.kubelet.pods.PodAgent;
import dev.drydock.kubelet.runtime.ContainerRuntime;
import dev.drydock.kubelet.usage.NodeUsage;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a kubelet shows at its own port: `/healthz`, `/metrics`, its pods, their logs, and what
/// they use.
///
/// @param nodes the pods of a node by its name
/// @param usage what is used there
/// @param runtime has the logs
/// @param standard pages of every component, by path
public record NodePages(
    Function<String, Optional<PodAgent>> nodes,
    Function<String, Optional<NodeUsage>> usage,
    ContainerRuntime runtime,
    Map<String, Supplier<Answer>> standard) {
  private static final String LOGS = "/logs";
  private static final Answer NOT_FOUND = Answer.text(404, "404 page not found\n");

  public NodePages {
    standard = Map.copyOf(standard);
  }

  /// @param target with the query
  public Answer answer(String node, String method, String target) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.text(405, "Method Not Allowed\n");
    }
    String path = target.replaceFirst("\\?.*$", "");
    Supplier<Answer> page = standard.get(path);
    if (page != null) {
      return page.get();
    }
    if (path.equals(LOGS) || path.startsWith(LOGS + "/")) {
      return logs(node, path);
    }
    List<Pod> pods = nodes.apply(node).map(PodAgent::pods).orElse(List.of());
    return switch (path.replaceFirst("/+$", "")) {
      case "/healthz/ping", "/healthz/log", "/healthz/syncloop" -> Answer.text(200, "ok");
      case "/pods", "/runningpods" -> Answer.json(200, list(pods).toString());
      case "/stats/summary" -> told(node, usage -> Answer.json(200, usage.summary().toString()));
      case "/metrics/resource" ->
          told(node, usage -> new Answer(200, "text/plain; version=0.0.4", usage.metrics()));
      default -> NOT_FOUND;
    };
  }

  private Answer logs(String node, String path) {
    String below = path.substring(LOGS.length()).replaceAll("^/+|/+$", "");
    return nodes
        .apply(node)
        .map(agent -> new LogFolder(agent, runtime).answer(below))
        .orElse(NOT_FOUND);
  }

  private Answer told(String node, Function<NodeUsage, Answer> page) {
    return usage.apply(node).map(page).orElse(NOT_FOUND);
  }

  private static ObjectNode list(List<Pod> pods) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", "PodList").put("apiVersion", "v1").putObject("metadata");
    var items = list.putArray("items");
    pods.forEach(pod -> items.add(TypedCodec.tree(pod)));
    return list;
  }
}
