package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.AccessMessages;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.request.ConnectReview;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What is asked before somebody is led into a pod, beyond what the filters ask of every request.
public record ConnectGate(ConnectReview review, Authorizer authorizer) {

  /// @param kind of the options: `PodExecOptions`
  /// @param options as in the query
  /// @throws ApiException when it is refused
  void pass(Call call, RestRequest request, Target target, String kind, ObjectNode options) {
    if (request.method().equals("GET") && target.type().resource().equals("pods")) {
      requireCreate(call, target);
    }
    review.admit(call.context(), target, options.put("kind", kind).put("apiVersion", "v1"));
  }

  /// A WebSocket begins with a GET, but does what a POST does: the right to `get` is not enough.
  private void requireCreate(Call call, Target target) {
    AccessAttributes wanted = AccessAttributes.of(call.user(), Verb.CREATE, target);
    Authorizer.Verdict verdict = authorizer.authorize(wanted);
    if (!verdict.isAllowed()) {
      throw AccessMessages.forbidden(wanted, verdict.reason());
    }
  }

  static ObjectNode options() {
    return JsonNodeFactory.instance.objectNode();
  }
}
