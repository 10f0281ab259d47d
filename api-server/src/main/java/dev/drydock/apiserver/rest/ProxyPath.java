package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.request.Target;

/// The path of a proxied request, as it was sent: ours, and what follows.
///
/// @param prefix up to `/proxy`
/// @param rest empty, or from the next slash on
/// @param query with its question mark, or empty
record ProxyPath(String prefix, String rest, String query) {
  private static final int SEGMENTS_OF_NAMESPACE = 2;
  private static final int SEGMENTS = 5;

  static ProxyPath of(RestRequest request, Target target) {
    int segments = SEGMENTS + (target.namespace().isEmpty() ? 0 : SEGMENTS_OF_NAMESPACE);
    String path = request.path();
    int at = 0;
    for (int i = 0; i < segments && at >= 0; i++) {
      at = path.indexOf('/', at + 1);
    }
    String query = request.query().raw().isEmpty() ? "" : "?" + request.query().raw();
    return at < 0
        ? new ProxyPath(path, "", query)
        : new ProxyPath(path.substring(0, at), path.substring(at), query);
  }

  /// What the server is asked for.
  String target() {
    return (rest.isEmpty() ? "/" : rest) + query;
  }

  /// Where a client is sent that left out the slash.
  String withSlash() {
    return prefix + "/" + query;
  }
}
