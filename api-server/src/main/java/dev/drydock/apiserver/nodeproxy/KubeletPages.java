package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.request.ApiService;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.proto.NodeServiceGrpc;
import dev.drydock.proto.PageAnswer;
import dev.drydock.proto.PageRequest;
import io.grpc.StatusRuntimeException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/// Fetches pages from kubelets.
public final class KubeletPages implements NodePages {
  private static final int PATIENCE_SECONDS = 30;

  private final KubeletFinder kubelets;
  private final NodeConnections connections;

  public KubeletPages(ApiService service, NodeConnections connections) {
    this.kubelets = new KubeletFinder(service);
    this.connections = connections;
  }

  @Override
  public Page get(RequestContext context, String node, String method, String path) {
    InetSocketAddress kubelet = kubelets.find(context, node);
    try {
      PageAnswer answer =
          NodeServiceGrpc.newBlockingStub(connections.to(kubelet))
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .page(PageRequest.newBuilder().setNode(node).setMethod(method).setPath(path).build());
      return new Page(answer.getCode(), answer.getContentType(), answer.getBody().toByteArray());
    } catch (StatusRuntimeException failure) {
      throw ApiException.of(
          StatusReason.SERVICE_UNAVAILABLE,
          "error trying to reach service: dial tcp "
              + KubeletFinder.text(kubelet)
              + ": connect: connection refused");
    }
  }
}
