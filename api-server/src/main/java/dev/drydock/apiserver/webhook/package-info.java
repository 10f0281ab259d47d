/// **Is** the way to servers outside that are asked about objects: the HTTPS call, and the
/// admission reviews of webhook configurations.
///
/// **May depend on** `apiserver.matching`, `apiserver.cel`, `apiserver.patch`, `apiserver.tls`,
/// `api.*`, the JDK's TLS.
///
/// **Start reading at** [WebhookClient], [AdmissionWebhooks].
@NullMarked
package dev.drydock.apiserver.webhook;

import org.jspecify.annotations.NullMarked;
