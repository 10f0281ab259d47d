package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Pipeline;
import dev.drydock.apiserver.nodeproxy.PodPorts;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.rest.upgrade.Forwards;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The sub-resource `pods/portforward`.
final class ForwardEndpoint {
  private final PodPorts pods;
  private final ConnectGate gate;

  ForwardEndpoint(PodPorts pods, ConnectGate gate) {
    this.pods = pods;
    this.gate = gate;
  }

  Answer answer(Pipeline pipeline, Call call, RestRequest request, Target target) {
    pipeline.begin(call);
    try {
      if (!request.method().equals("GET") && !request.method().equals("POST")) {
        throw Verbs.methodNotAllowed();
      }
      List<Integer> wanted = wanted(request.query());
      ObjectNode options = ConnectGate.options();
      if (!wanted.isEmpty()) {
        var list = options.putArray("ports");
        wanted.forEach(list::add);
      }
      gate.pass(call, request, target, "PodPortForwardOptions", options);
      PodPorts.Ports ports = pods.of(call.context(), target);
      return new Answer.Upgraded(
          Forwards.takeover(
              request.headers(),
              wanted,
              ports::connect,
              () -> pipeline.end(call, Outcome.answered(101))),
          List.of());
    } catch (RuntimeException problem) {
      ApiException failure = pipeline.failure(call, problem);
      pipeline.end(call, Outcome.failed(failure));
      throw failure;
    }
  }

  private static List<Integer> wanted(Query query) {
    List<Integer> ports = new ArrayList<>();
    for (String list : query.all("ports")) {
      for (String port : list.split(",", -1)) {
        if (!port.matches("[0-9]{1,5}")) {
          throw ApiException.badRequest("unable to parse \"" + port + "\" as a port");
        }
        ports.add(Integer.valueOf(port));
      }
    }
    return ports;
  }
}
