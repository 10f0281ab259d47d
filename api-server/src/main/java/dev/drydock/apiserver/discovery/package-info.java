/// **Is** what the server tells about itself: `/api`, `/apis`, aggregated discovery, `/version`,
/// OpenAPI; pure functions from the served types and their schemas to bytes.
///
/// **May depend on** `api.*`.
///
/// **Start reading at** [DiscoveryDocuments].
@NullMarked
package dev.drydock.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
