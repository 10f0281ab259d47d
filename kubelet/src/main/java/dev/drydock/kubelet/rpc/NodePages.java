package dev.drydock.kubelet.rpc;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.client.health.HealthServer.Answer;
import dev.drydock.kubelet.pods.PodAgent;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a kubelet shows at its own port: `/healthz`, `/metrics`, and its pods.
///
/// @param nodes the pods of a node by its name
/// @param standard pages of every component, by path
public record NodePages(
    Function<String, Optional<PodAgent>> nodes, Map<String, Supplier<Answer>> standard) {

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
    List<Pod> pods = nodes.apply(node).map(PodAgent::pods).orElse(List.of());
    return switch (path.replaceFirst("/+$", "")) {
      case "/healthz/ping", "/healthz/log", "/healthz/syncloop" -> Answer.text(200, "ok");
      case "/pods", "/runningpods" -> Answer.json(200, list(pods).toString());
      case "/stats/summary" -> Answer.json(200, summary(node, pods).toString());
      default -> Answer.text(404, "404 page not found\n");
    };
  }

  private static ObjectNode list(List<Pod> pods) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("kind", "PodList").put("apiVersion", "v1").putObject("metadata");
    var items = list.putArray("items");
    pods.forEach(pod -> items.add(TypedCodec.tree(pod)));
    return list;
  }

  /// The nodes' and pods' names; what they use is not measured.
  private static ObjectNode summary(String node, List<Pod> pods) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    summary.putObject("node").put("nodeName", node);
    var list = summary.putArray("pods");
    for (Pod pod : pods) {
      ObjectNode one = list.addObject();
      one.putObject("podRef")
          .put("name", pod.getMetadata().getName())
          .put("namespace", pod.getMetadata().getNamespace())
          .put("uid", pod.getMetadata().getUid());
      if (pod.getStatus() != null && pod.getStatus().getStartTime() != null) {
        one.put("startTime", pod.getStatus().getStartTime());
      }
      var containers = one.putArray("containers");
      for (Container container : pod.getSpec().getContainers()) {
        containers.addObject().put("name", container.getName());
      }
    }
    return summary;
  }
}
