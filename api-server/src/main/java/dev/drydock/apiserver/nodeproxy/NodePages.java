package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.RequestContext;

/// Pages of kubelets.
public interface NodePages {

  /// Asks the kubelet of a node. Blocking.
  ///
  /// @param path with the query
  /// @throws ApiException when there is no such node, or its kubelet does not answer
  Page get(RequestContext context, String node, String method, String path);

  /// What a kubelet shows.
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Page(int code, String contentType, byte[] body) {}
}
