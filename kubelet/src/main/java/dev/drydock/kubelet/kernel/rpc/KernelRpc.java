package dev.drydock.kubelet.kernel.rpc;

import dev.drydock.api.netfilter.PacketWalk;
import dev.drydock.api.netfilter.RuleTable;
import dev.drydock.client.rpc.KernelMessages;
import dev.drydock.kubelet.kernel.NodeKernel;
import dev.drydock.proto.ExplainRequest;
import dev.drydock.proto.ExplainResponse;
import dev.drydock.proto.KernelServiceGrpc;
import dev.drydock.proto.ReadRulesRequest;
import dev.drydock.proto.ReplaceRulesRequest;
import dev.drydock.proto.ReplaceRulesResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The rule tables of a kubelet's nodes, for their kube-proxies.
public final class KernelRpc extends KernelServiceGrpc.KernelServiceImplBase {
  private final Supplier<List<NodeKernel>> kernels;

  /// @param kernels of the nodes that this kubelet hosts now
  public KernelRpc(Supplier<List<NodeKernel>> kernels) {
    this.kernels = kernels;
  }

  /// By name; without a name, the only one.
  private Optional<NodeKernel> kernel(String node, StreamObserver<?> observer) {
    List<NodeKernel> all = kernels.get();
    Optional<NodeKernel> found =
        node.isEmpty() && all.size() == 1
            ? Optional.of(all.getFirst())
            : all.stream().filter(one -> one.node().equals(node)).findFirst();
    if (found.isEmpty()) {
      observer.onError(
          Status.NOT_FOUND
              .withDescription("this kubelet has no node '" + node + "'")
              .asRuntimeException());
    }
    return found;
  }

  @Override
  public void replaceRules(
      ReplaceRulesRequest request, StreamObserver<ReplaceRulesResponse> observer) {
    Optional<NodeKernel> kernel = kernel(request.getNode(), observer);
    if (kernel.isEmpty()) {
      return;
    }
    RuleTable table;
    try {
      table = KernelMessages.value(request.getTable());
    } catch (IllegalArgumentException bad) {
      observer.onError(
          Status.INVALID_ARGUMENT.withDescription(bad.getMessage()).asRuntimeException());
      return;
    }
    var refused = kernel.get().replaceRules(table, new HashSet<>(request.getListenPortsList()));
    observer.onNext(ReplaceRulesResponse.newBuilder().addAllPortsInUse(refused.keySet()).build());
    observer.onCompleted();
  }

  @Override
  public void readRules(
      ReadRulesRequest request, StreamObserver<dev.drydock.proto.RuleTable> observer) {
    kernel(request.getNode(), observer)
        .ifPresent(
            kernel -> {
              observer.onNext(KernelMessages.message(kernel.rules()));
              observer.onCompleted();
            });
  }

  @Override
  public void explain(ExplainRequest request, StreamObserver<ExplainResponse> observer) {
    Optional<NodeKernel> kernel = kernel(request.getNode(), observer);
    if (kernel.isEmpty()) {
      return;
    }
    try {
      NodeKernel.Explanation explanation =
          kernel
              .get()
              .explain(
                  new PacketWalk.Packet(
                      request.getProtocol().isEmpty() ? "tcp" : request.getProtocol(),
                      request.getSource(),
                      0,
                      request.getDestination(),
                      request.getDestinationPort()));
      observer.onNext(
          ExplainResponse.newBuilder()
              .addAllSteps(explanation.steps())
              .setResult(explanation.result())
              .build());
      observer.onCompleted();
    } catch (IllegalArgumentException bad) {
      observer.onError(
          Status.INVALID_ARGUMENT.withDescription(bad.getMessage()).asRuntimeException());
    }
  }
}
