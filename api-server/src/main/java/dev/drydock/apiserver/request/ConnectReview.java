package dev.drydock.apiserver.request;

import tools.jackson.databind.node.ObjectNode;

/// Admission of a connection into a pod, a Service or a node.
@FunctionalInterface
public interface ConnectReview {

  /// @param options what the client asked for, as an object: `PodExecOptions`
  /// @throws dev.drydock.api.status.ApiException when it is refused
  void admit(RequestContext context, Target target, ObjectNode options);
}
