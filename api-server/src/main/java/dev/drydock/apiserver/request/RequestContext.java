package dev.drydock.apiserver.request;

import dev.drydock.api.meta.Revision;
import java.time.Instant;
import java.util.List;

/// Everything about a request but what it asks for.
///
/// @param user whom it is done as (after impersonation)
/// @param userAgent names the client: `kubectl/v1.36.0 …`, `kubelet/node-1`
/// @param causes the revisions that made the caller do this
/// @param received when it arrived
/// @param warnings takes warnings for the user and annotations for the audit log
public record RequestContext(
    User user, String userAgent, List<Revision> causes, Instant received, Notices warnings) {
  public RequestContext {
    causes = List.copyOf(causes);
  }
}
