package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.request.Target;

/// Sub-resources that lead to a node: logs, exec, attach, forwarded ports, proxies.
final class ConnectEndpoint {
  private final LogEndpoint logs;
  private final SessionEndpoint sessions;
  private final ForwardEndpoint forwards;
  private final ProxyEndpoint proxies;

  ConnectEndpoint(RestApi.Nodes nodes) {
    this.logs = new LogEndpoint(nodes.logs());
    this.sessions = new SessionEndpoint(nodes.sessions(), nodes.gate());
    this.forwards = new ForwardEndpoint(nodes.ports(), nodes.gate());
    this.proxies = new ProxyEndpoint(nodes);
  }

  /// @throws ApiException `NotFound` for what is no sub-resource of that kind
  Answer answer(Pipeline pipeline, Call call, RestRequest request, Target target) {
    boolean ofPod = target.type().resource().equals("pods");
    return switch (target.subresource()) {
      case "log" -> only(ofPod, () -> logs.answer(pipeline, call, request, target));
      case "exec", "attach" -> only(ofPod, () -> sessions.answer(pipeline, call, request, target));
      case "portforward" -> only(ofPod, () -> forwards.answer(pipeline, call, request, target));
      default -> proxies.answer(pipeline, call, request, target);
    };
  }

  private static Answer only(boolean served, java.util.function.Supplier<Answer> work) {
    if (!served) {
      throw Dispatcher.noSuchResource();
    }
    return work.get();
  }
}
