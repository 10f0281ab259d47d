package dev.drydock.apiserver.registry;

import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import java.util.List;

/// One write on its way through the registry.
///
/// @param as the resource it is addressed to
record Request(StoredResource as, RequestContext context, Target target, WriteOptions options) {

  Resource resource() {
    return as.resource();
  }

  /// What is special about the kind in the version that the client speaks.
  ResourceStrategy rules() {
    return resource().strategy().spoken(as.type().apiVersion());
  }

  Request named(String name) {
    return new Request(as, context, target.withName(name), options);
  }

  /// @param lapses instead of those of the body
  Request withLapses(List<String> lapses) {
    return new Request(as, context, target, options.withLapses(lapses));
  }

  boolean isRehearsal() {
    return options.persistence() == WriteOptions.Persistence.DRY_RUN;
  }

  /// Who is recorded as the writer of fields.
  String manager() {
    if (!options.fieldManager().isEmpty()) {
      return options.fieldManager();
    }
    String agent = context.userAgent();
    int slash = agent.indexOf('/');
    String name = slash < 0 ? agent : agent.substring(0, slash);
    return name.length() > 128 ? name.substring(0, 128) : name;
  }
}
