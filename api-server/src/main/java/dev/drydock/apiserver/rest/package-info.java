/// **Is** the HTTPS port for kubectl and other stock clients: paths, verbs, content types, watch
/// streaming; the only HTTP code.
///
/// **May depend on** `apiserver.request`, `apiserver.filter`, `apiserver.access`,
/// `apiserver.aggregation`, `apiserver.discovery`, `apiserver.table`, `apiserver.tls`, `api.*`,
/// `client.net`, Netty.
///
/// **Start reading at** [RestServer], [RestHandler], [Dispatcher], [ResourceEndpoint].
@NullMarked
package dev.drydock.apiserver.rest;

import org.jspecify.annotations.NullMarked;
