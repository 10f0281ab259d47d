package dev.drydock.apiserver.registry;

import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import tools.jackson.databind.node.ObjectNode;

/// A kind whose objects are questions: created, answered, forgotten.
@FunctionalInterface
interface Review {

  /// @param body the question, checked against its schema; the answer is written into its status
  void answer(RequestContext context, Target target, ObjectNode body);
}
