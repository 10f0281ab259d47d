package dev.drydock.apiserver.request;

import dev.drydock.api.meta.Revision;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Everything about a request but what it asks for.
///
/// @param user whom it is done as (after impersonation)
/// @param userAgent names the client: `kubectl/v1.36.0 …`, `kubelet/node-1`
/// @param causes the revisions that made the caller do this
/// @param received when it arrived
/// @param warnings takes warnings for the user (the `Warning` header)
public record RequestContext(
    User user,
    String userAgent,
    List<Revision> causes,
    Instant received,
    Consumer<String> warnings) {
  public RequestContext {
    causes = List.copyOf(causes);
  }
}
