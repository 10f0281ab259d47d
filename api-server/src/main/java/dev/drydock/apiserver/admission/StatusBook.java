package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.request.RequestContext;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Lets rules keep count in the status of stored objects.
public interface StatusBook {

  /// Changes one object by compare-and-set: the change is called with a copy of its present state,
  /// and again when somebody else was faster.
  ///
  /// @param resource qualified: `resourcequotas`
  /// @throws dev.drydock.api.status.ApiException not found, or what the change throws
  void change(
      RequestContext context,
      String resource,
      String namespace,
      String name,
      Consumer<ObjectNode> change);
}
