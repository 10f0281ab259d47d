package dev.drydock.apiserver.nodeproxy;

import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.proto.ContainerTarget;
import dev.drydock.proto.LogsRequest;
import dev.drydock.proto.NodeServiceGrpc;
import java.net.InetSocketAddress;
import tools.jackson.databind.JsonNode;

/// Fetches logs from the kubelet of the pod's node.
public final class KubeletLogs implements PodLogs {
  private final ApiService service;
  private final KubeletFinder kubelets;
  private final NodeConnections connections;

  public KubeletLogs(ApiService service, NodeConnections connections) {
    this.service = service;
    this.kubelets = new KubeletFinder(service);
    this.connections = connections;
  }

  @Override
  public Stream open(RequestContext context, Target pod, LogOptions options, Sink sink) {
    Target target = new Target(pod.type(), pod.namespace(), pod.name(), "");
    JsonNode object = service.get(context, target, ReadOptions.NONE).tree();
    String container = PodContainers.choose(object, options.container());
    String nodeName = object.path("spec").path("nodeName").asString("");
    if (nodeName.isEmpty()) {
      sink.ended(null); // not scheduled yet: an empty log, as in Kubernetes
      return LogCall.NONE;
    }
    InetSocketAddress kubelet = kubelets.find(context, nodeName);
    var call = new LogCall(sink, kubelet, pod.namespace() + "/" + pod.name() + "/" + container);
    NodeServiceGrpc.newStub(connections.to(kubelet))
        .logs(request(nodeName, object, container, options), call);
    return call;
  }

  private static LogsRequest request(
      String node, JsonNode pod, String container, LogOptions options) {
    JsonNode metadata = pod.path("metadata");
    LogsRequest.Builder request =
        LogsRequest.newBuilder()
            .setTarget(
                ContainerTarget.newBuilder()
                    .setNode(node)
                    .setNamespace(metadata.path("namespace").asString(""))
                    .setPod(metadata.path("name").asString(""))
                    .setPodUid(metadata.path("uid").asString(""))
                    .setContainer(container))
            .setFollow(options.ending() == LogOptions.Ending.FOLLOW)
            .setPrevious(options.instance() == LogOptions.Instance.PREVIOUS)
            .setTimestamps(options.timestamps() == LogOptions.Timestamps.SHOWN)
            .setSinceTime(options.window().sinceTime());
    LogOptions.Window window = options.window();
    if (window.tailLines() != null) {
      request.setTailLines(window.tailLines());
    }
    if (window.limitBytes() != null) {
      request.setLimitBytes(window.limitBytes());
    }
    if (window.sinceSeconds() != null) {
      request.setSinceSeconds(window.sinceSeconds());
    }
    return request.build();
  }
}
